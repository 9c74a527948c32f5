package org.sidetone.switchboard.xcap;

import java.util.List;

/** What documents of one kind must be like (RFC 4825 section 5); who may read and change them is the same for all: their owner. */
abstract class ApplicationUsage {
    final String auid;
    final String contentType;
    /** Default namespace of node selectors. */
    final String namespace;

    ApplicationUsage(String auid, String contentType, String namespace) {
        this.auid = auid;
        this.contentType = contentType;
        this.namespace = namespace;
    }

    /** Whether a user may have a document of a name. */
    boolean allowsName(String name) {
        return name.indexOf('/') < 0;
    }

    /** Namespaces whose schemas are known. */
    abstract List<String> namespaces();

    /** What its documents are checked against; null: nobody may put one. */
    Schemas schemas() {
        return null;
    }

    /** Checks schema, uniqueness and everything else. @param path of the change */
    abstract void check(XcapPath path, byte[] document) throws XcapConflict;

    /** A document that is made of others: only read. Null: there is none of this name. */
    byte[] global(String name) {
        return null;
    }

    /** Who may read a global document beside the exchange itself. */
    boolean globalIsPublic() {
        return true;
    }
}
