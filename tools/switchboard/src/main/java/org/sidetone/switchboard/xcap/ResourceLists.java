package org.sidetone.switchboard.xcap;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** {@code resource-lists}: lists of contacts (RFC 4826 section 3.4). */
final class ResourceLists extends ApplicationUsage {
    static final String AUID = "resource-lists";
    static final String NAMESPACE = "urn:ietf:params:xml:ns:resource-lists";
    private final Schemas schemas = new Schemas("lists-bundle.xsd");

    ResourceLists() {
        super(AUID, "application/resource-lists+xml", NAMESPACE);
    }

    @Override
    List<String> namespaces() {
        return List.of(namespace);
    }

    @Override
    Schemas schemas() {
        return schemas;
    }

    @Override
    void check(XcapPath path, byte[] document) throws XcapConflict {
        checkList(schemas.read(document).getDocumentElement(), "resource-lists");
    }

    /** What section 3.4.5 wants of an element with lists in it. @param selector of it */
    static void checkList(Element list, String selector) throws XcapConflict {
        unique(list, selector, "list", "name");
        unique(list, selector, "entry", "uri");
        unique(list, selector, "entry-ref", "ref");
        unique(list, selector, "external", "anchor");
        for (Node n = list.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element e && NAMESPACE.equals(e.getNamespaceURI())) {
                String ref = e.getAttribute("ref");
                String anchor = e.getAttribute("anchor");
                if (e.getLocalName().equals("entry-ref") && (ref.startsWith("/") || ref.matches("[A-Za-z][A-Za-z0-9+.-]*:.*"))) {
                    throw XcapConflict.of("constraint-failure", "The ref of an entry-ref is a relative path, not " + ref);
                }
                if (e.getLocalName().equals("external") && !anchor.matches("(?i)https?://.+")) {
                    throw XcapConflict.of("constraint-failure", "The anchor of an external is an absolute HTTP URI, not " + anchor);
                }
                if (e.getLocalName().equals("list")) {
                    checkList(e, selector + "/list");
                }
            }
        }
    }

    private static void unique(Element list, String selector, String name, String attribute) throws XcapConflict {
        Set<String> seen = new HashSet<>();
        for (Node n = list.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element e && name.equals(e.getLocalName()) && NAMESPACE.equals(e.getNamespaceURI()) && e.hasAttribute(attribute)
                    && !seen.add(e.getAttribute(attribute))) {
                throw XcapConflict.notUnique(selector + "/" + name + "/@" + attribute);
            }
        }
    }
}
