package org.sidetone.switchboard.xcap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.sidetone.bytes.Slice;
import org.sidetone.presence.PresenceAuthorization;

/** What the presence agent uses of the users' documents: all their rules (RFC 5025 section 9.7), and the presence that they left there (RFC 4827). */
public final class OwnersDocuments implements PresenceAuthorization.Source {
    public static final String RULES = PresRules.AUID;
    public static final String HARD_STATE = PidfManipulation.AUID;

    private final Documents documents;
    private final Map<String, List<byte[]>> rules = new HashMap<>();

    public OwnersDocuments(Documents documents) {
        this.documents = documents;
    }

    @Override
    public boolean rules(Slice presentity, int index, Slice out) {
        List<byte[]> of = rules.computeIfAbsent(presentity.toString(), owner -> {
            List<byte[]> found = new ArrayList<>();
            documents.forEach(RULES + "/users/" + owner + "/", (name, document) -> found.add(document.content()));
            return found;
        });
        if (index < of.size()) {
            out.wrap(of.get(index));
        }
        return index < of.size();
    }

    /** A document of somebody is another. */
    public void changed(String auid, String owner) {
        if (auid.equals(RULES)) {
            rules.remove(owner);
        }
    }

    /** Shows the presence that was left, by owner. */
    public void forEachHard(BiConsumer<String, byte[]> visitor) {
        String prefix = HARD_STATE + "/users/";
        documents.forEach(prefix, (name, document) -> visitor.accept(name.substring(prefix.length(), name.lastIndexOf('/')), document.content()));
    }
}
