package org.sidetone.firmware.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sidetone.firmware.settings.AccountSettings;
import org.sidetone.firmware.settings.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a phone is told on its command line. */
class PhoneOptionsTest {
    @Command
    private static final class Some {
        @Mixin
        private PhoneOptions options;
    }

    private static PhoneOptions parse(String... arguments) {
        Some some = new Some();
        new CommandLine(some).parseArgs(arguments);
        return some.options;
    }

    @Test
    void everyOptionComesToItsSetting() {
        PhoneOptions options = parse("--account", "sip:alice@example.test", "--password", "secret", "--name", "Alice", "--server", "one.example.test:5070", "--second-server",
                "two.example.test", "--transport", "tcp", "--contact", "sip:bob@example.test=Bob = Co", "--contact", "sip:carol@example.test", "--direct",
                "sip:bob@example.test=sip:bob@192.0.2.7", "--secret", "sip:bob@example.test=sesame", "--calls", "sip:carol@example.test", "--learn-addresses", "--lean", "--xcap",
                "http://x/root", "--list", "--relay", "msrps://r;tcp", "--relay", "msrps://s;tcp", "--chat-port", "2855", "--accept", "contacts", "--language", "de",
                "--no-read-receipts", "--no-typing", "--support", "sip:help@example.test", "--no-mailbox", "--expires", "60", "--port", "5080");
        assertNull(options.problem());
        Settings s = options.settings();
        AccountSettings a = s.accounts[0];
        assertEquals("sip:alice@example.test Alice secret one.example.test 5070 two.example.test 0 tcp http://x/root msrps://r;tcp msrps://s;tcp", String.join(" ", a.address, a.displayName,
                a.password, a.serverHost, "" + a.serverPort, a.secondServerHost, "" + a.secondServerPort, a.transport, a.xcapRoot, a.relays));
        assertTrue(a.watchesList && !a.mailbox && !a.standalone);
        assertEquals("Bob = Co", s.contacts[0].name);
        assertEquals("sip:bob@192.0.2.7 sesame", s.contacts[0].direct + " " + s.contacts[0].secret);
        assertTrue(s.contacts[1].calls && !s.contacts[0].calls && s.contacts[1].name.isEmpty());
        assertTrue(s.learnsAddresses && s.asksForLess && !s.tellsRead && !s.tellsTyping);
        assertEquals("2855 2 de sip:help@example.test 60 5080", String.join(" ", "" + s.chatPort, "" + s.acceptsFrom, s.language, s.supportAddress, "" + s.expiresSec, "" + s.localPort));
    }

    @Test
    void withoutAnyThereIsAPhoneWithItsUsersName() {
        PhoneOptions options = parse("--account", "sips:alice@example.test");
        assertNull(options.problem());
        assertEquals("alice", options.settings().accounts[0].displayName);
        assertEquals("", options.settings().accounts[0].transport, "found by the name");
        assertTrue(options.needsTls());
        assertFalse(parse("--account", "sip:alice@example.test").needsTls());
        assertTrue(parse("--account", "sip:a@e.test", "--xcap", "https://e.test/x").needsTls());
        assertTrue(parse("--account", "sip:a@e.test", "--relay", "msrps://e.test;tcp").needsTls());
    }

    @Test
    void aPhoneMayHaveTwoAccounts() {
        PhoneOptions options = parse("--account", "sip:alice@example.test", "--contact", "sip:bob@example.test=Bob", "--other-account", "sip:a.smith@example.org", "--other-password", "two",
                "--other-server", "192.0.2.1:5062", "--other-contact", "sip:carol@example.org=Carol");
        assertNull(options.problem());
        Settings s = options.settings();
        assertEquals(2, s.accounts.length);
        assertEquals(2, s.capacity.accounts);
        assertEquals("sip:a.smith@example.org a.smith two 192.0.2.1 5062", String.join(" ", s.accounts[1].address, s.accounts[1].displayName, s.accounts[1].password,
                s.accounts[1].serverHost, "" + s.accounts[1].serverPort));
        assertEquals("0 1", s.contacts[0].account + " " + s.contacts[1].account);
        assertTrue(parse("--account", "sip:a@e.test", "--other-account", "x").problem().contains("--other-account is an address"));
        assertTrue(parse("--account", "sip:a@e.test", "--other-contact", "sip:x@e.test").problem().contains("go with --other-account"));
    }

    @ParameterizedTest
    @CsvSource({"--account,alice,say whose phone", "--transport,sctp,--transport is", "--accept,nobody,--accept is", "--language,no language,--language is", "--key,k.pem,go together"})
    void whatIsWrongIsSaid(String option, String value, String why) {
        String problem = option.equals("--account") ? parse(option, value).problem() : parse("--account", "sip:alice@example.test", option, value).problem();
        assertTrue(problem.contains(why), problem);
    }

    @ParameterizedTest
    @CsvSource({"--port,70000,--port is 0 to", "--chat-port,-1,--chat-port is", "--calls,sip:x@e.test,no --contact has", "--server,[x,a server is"})
    void whatCannotBeUsedIsSaidToo(String option, String value, String why) {
        String message = assertThrows(IllegalArgumentException.class, () -> parse("--account", "sip:alice@example.test", option, value).settings()).getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void optionsMayStandInAFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("phone");
        Files.writeString(file, "# the phone in the hall\n--account sip:hall@example.test\n--name \"Hall, first floor\"\n--contact \"sip:bob@example.test=Bob B.\"\n");
        Settings s = parse("@" + file).settings();
        assertEquals("Hall, first floor", s.accounts[0].displayName);
        assertEquals("Bob B.", s.contacts[0].name);
    }
}
