package org.sidetone.switchboard.xcap;

import java.util.List;

/** {@code pres-rules}: who may see one's presence (RFC 5025 section 9). */
final class PresRules extends ApplicationUsage {
    static final String AUID = "pres-rules";
    private final Schemas schemas = new Schemas("policy-bundle.xsd");

    PresRules() {
        super(AUID, "application/auth-policy+xml", "urn:ietf:params:xml:ns:pres-rules");
    }

    @Override
    List<String> namespaces() {
        return List.of("urn:ietf:params:xml:ns:common-policy", namespace);
    }

    @Override
    Schemas schemas() {
        return schemas;
    }

    @Override
    void check(XcapPath path, byte[] document) throws XcapConflict {
        schemas.read(document);
    }
}
