package org.sidetone.world.virtual;

/** Something that is turned: a phone, an exchange. */
public interface Node {
    int doWork(long nowMs);

    long nextDeadlineMs();
}
