package org.sidetone.sip.locate;

/** Waits for a name to be looked up. */
public interface LocationUser {
    /** The question is answered, one way or the other: ask {@link Locator#locate} again. */
    void onLocated(long nowMs);
}
