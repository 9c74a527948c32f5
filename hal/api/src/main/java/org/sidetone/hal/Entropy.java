package org.sidetone.hal;

/** Randomness that nobody can guess. */
public interface Entropy {
    long nextLong();
}
