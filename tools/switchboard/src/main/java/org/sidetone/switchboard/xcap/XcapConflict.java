package org.sidetone.switchboard.xcap;

import java.nio.charset.StandardCharsets;

/** A change that cannot be made, with its report (RFC 4825 section 11). */
final class XcapConflict extends Exception {
    static final String CONTENT_TYPE = "application/xcap-error+xml";

    private static final long serialVersionUID = 1;

    private final String element;
    private final String inside;
    private final String ancestor;

    private XcapConflict(String element, String phrase, String inside, String ancestor) {
        super(phrase, null, false, false);
        this.element = element;
        this.inside = inside;
        this.ancestor = ancestor;
    }

    /** @param element of the report. @param phrase for a person */
    static XcapConflict of(String element, String phrase) {
        return new XcapConflict(element, phrase, "", null);
    }

    /** @param ancestor the closest one that there is; null: not even the document */
    static XcapConflict noParent(String ancestor) {
        return new XcapConflict("no-parent", "What it should be put into is not there", ancestor == null ? "" : "<ancestor>" + escape(ancestor) + "</ancestor>", ancestor);
    }

    /** @param field the node whose value is there already, relative to the document */
    static XcapConflict notUnique(String field) {
        return new XcapConflict("uniqueness-failure", "This value is there already", "<exists field=\"" + escape(field) + "\"/>", null);
    }

    /** Of a missing parent the closest one that there is; null otherwise. */
    String ancestor() {
        return ancestor;
    }

    XcapAnswer answer() {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xcap-error xmlns=\"urn:ietf:params:xml:ns:xcap-error\"><" + element + " phrase=\"" + escape(getMessage()) + "\""
                + (inside.isEmpty() ? "/>" : ">" + inside + "</" + element + ">") + "</xcap-error>";
        return new XcapAnswer(409, CONTENT_TYPE, body.getBytes(StandardCharsets.UTF_8), null, null);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
