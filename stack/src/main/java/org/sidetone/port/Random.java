package org.sidetone.port;

/** Randomness fit for tags, branches, nonces (RFC 3261 section 19.3 asks for at least 32 bits that nobody can guess). */
public interface Random {
    long nextLong();
}
