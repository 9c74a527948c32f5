package org.sidetone.world.story;

/** A step did not come true; the message says which and what was seen instead. */
public final class StoryException extends Exception {
    private static final long serialVersionUID = 1;

    public StoryException(String message) {
        super(message);
    }
}
