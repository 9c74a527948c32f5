package org.sidetone.hal;

/** The whole body of one phone. The same parts every time they are asked for. */
public interface Hardware {
    Panel panel();

    Network network();

    DnsResolver names();

    Clock clock();

    Entropy entropy();

    Digests digests();

    Storage storage();

    /** Null: there are no keys. */
    Smime smime();

    Keypad keypad();

    TextDisplay display();

    Lamps lamps();

    Buzzer buzzer();

    Watchdog watchdog();
}
