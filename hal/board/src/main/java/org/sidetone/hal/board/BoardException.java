package org.sidetone.hal.board;

/** A board file that cannot be used; the message says which, where, and what is wrong. */
public final class BoardException extends Exception {
    private static final long serialVersionUID = 1;

    public BoardException(String message) {
        super(message);
    }
}
