package org.sidetone.switchboard.xcap;

import java.util.List;
import org.w3c.dom.Document;

/** {@code pidf-manipulation}: presence that stays until it is taken away (RFC 4827). */
final class PidfManipulation extends ApplicationUsage {
    static final String AUID = "pidf-manipulation";
    private final Schemas schemas = new Schemas("presence-bundle.xsd");

    PidfManipulation() {
        super(AUID, "application/pidf+xml", "urn:ietf:params:xml:ns:pidf");
    }

    /** A single document for each user (section 9). */
    @Override
    boolean allowsName(String name) {
        return name.equals("index");
    }

    @Override
    List<String> namespaces() {
        return List.of(namespace, "urn:ietf:params:xml:ns:pidf:data-model", "urn:ietf:params:xml:ns:pidf:rpid", "urn:ietf:params:xml:ns:pidf:cipid",
                "urn:ietf:params:xml:ns:pidf:timed-status", "urn:ietf:params:xml:ns:pidf:caps");
    }

    @Override
    Schemas schemas() {
        return schemas;
    }

    @Override
    void check(XcapPath path, byte[] document) throws XcapConflict {
        Document read = schemas.read(document);
        String entity = read.getDocumentElement().getAttribute("entity");
        if (!entity.equals(path.user()) && !entity.equals(path.user().replaceFirst("^sips?:", "pres:"))) {
            throw XcapConflict.of("constraint-failure", "The entity is " + path.user() + ", not " + entity);
        }
    }
}
