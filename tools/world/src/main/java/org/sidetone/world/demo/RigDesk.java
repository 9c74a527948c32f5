package org.sidetone.world.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.sidetone.rig.RigClient;
import org.sidetone.world.story.StoryDesk;
import org.sidetone.world.story.StoryException;

/** A phone of the story behind a real rig port. */
final class RigDesk implements StoryDesk {
    private final String name;
    private final RigClient rig;

    RigDesk(String name, RigClient rig) {
        this.name = name;
        this.rig = rig;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public JsonNode ask(String request) throws StoryException {
        try {
            return rig.ask(request);
        } catch (IOException e) {
            throw new StoryException("no answer from " + name + "'s phone: " + e.getMessage());
        }
    }

    @Override
    public long nowMs() {
        return System.nanoTime() / 1_000_000;
    }
}
