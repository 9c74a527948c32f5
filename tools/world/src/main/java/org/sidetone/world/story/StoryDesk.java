package org.sidetone.world.story;

import com.fasterxml.jackson.databind.JsonNode;

/** One phone of the story, at the end of a rig's line. */
public interface StoryDesk {
    /** Name of its owner, for instance {@code alice}. */
    String name();

    /** Says one request of the rig protocol and waits for the answer, however long a {@code wait} takes. */
    JsonNode ask(String request) throws StoryException;

    /** The story's time in milliseconds, to tell how long steps took. */
    long nowMs();
}
