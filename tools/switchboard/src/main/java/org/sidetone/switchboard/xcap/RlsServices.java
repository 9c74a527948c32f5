package org.sidetone.switchboard.xcap;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** {@code rls-services}: addresses that stand for lists (RFC 4826 section 4.4). */
final class RlsServices extends ApplicationUsage {
    static final String AUID = "rls-services";
    static final String NAMESPACE = "urn:ietf:params:xml:ns:rls-services";
    private static final String INDEX = "index";

    private final Schemas schemas = new Schemas("lists-bundle.xsd");
    private final Documents documents;
    private final Predicate<String> isTaken;

    /** @param isTaken whether a URI is an address already that is no list's */
    RlsServices(Documents documents, Predicate<String> isTaken) {
        super(AUID, "application/rls-services+xml", NAMESPACE);
        this.documents = documents;
        this.isTaken = isTaken;
    }

    @Override
    List<String> namespaces() {
        return List.of(namespace, ResourceLists.NAMESPACE);
    }

    @Override
    Schemas schemas() {
        return schemas;
    }

    @Override
    void check(XcapPath path, byte[] document) throws XcapConflict {
        Set<String> taken = new HashSet<>();
        documents.forEach(AUID + "/", (name, other) -> {
            if (!name.equals(path.document())) {
                addServices(other.content(), taken);
            }
        });
        Element root = schemas.read(document).getDocumentElement();
        for (Node n = root.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (!(n instanceof Element service) || !NAMESPACE.equals(service.getNamespaceURI())) {
                continue;
            }
            String uri = service.getAttribute("uri");
            if (!taken.add(uri) || isTaken.test(uri)) {
                throw XcapConflict.notUnique("rls-services/service/@uri");
            }
            for (Node c = service.getFirstChild(); c != null; c = c.getNextSibling()) {
                if (c instanceof Element e && "list".equals(e.getLocalName())) {
                    ResourceLists.checkList(e, "rls-services/service/list");
                } else if (c instanceof Element e && "resource-list".equals(e.getLocalName())) {
                    checkReference(path, e.getTextContent().strip());
                }
            }
        }
    }

    /** The URI is looked at, not followed (section 4.4.5). */
    private static void checkReference(XcapPath path, String uri) throws XcapConflict {
        String decoded;
        try {
            URI parsed = new URI(uri.replace("[", "%5B").replace("]", "%5D").replace("\"", "%22"));
            decoded = parsed.isAbsolute() && parsed.getPath() != null ? parsed.getPath() : "";
        } catch (java.net.URISyntaxException e) {
            decoded = "";
        }
        if (!decoded.contains("/resource-lists/")) {
            throw XcapConflict.of("constraint-failure", "A resource-list is the absolute URI of a list in resource-lists, not " + uri);
        }
        if (path.user() != null && !decoded.contains("/resource-lists/users/" + path.user() + "/")) {
            throw XcapConflict.of("constraint-failure", "A resource-list is the owner's own, not " + uri);
        }
    }

    private static void addServices(byte[] document, Set<String> out) {
        XmlReader xml = reader(document);
        Slice value = new Slice();
        byte[] text = new byte[512];
        while (xml.nextChild(0)) {
            ByteSink sink = new ByteSink().wrap(text);
            if (xml.attribute("uri".getBytes(StandardCharsets.US_ASCII), value)) {
                xml.unescape(value, sink);
                out.add(sink.slice(value).toString());
            }
            xml.skip();
        }
    }

    private static XmlReader reader(byte[] document) {
        XmlReader xml = new XmlReader(new byte[][] {NAMESPACE.getBytes(StandardCharsets.US_ASCII)}, 32).wrap(document, 0, document.length);
        xml.next();
        return xml;
    }

    /** The services of all users' documents of that name (section 4.4.8). */
    @Override
    byte[] global(String name) {
        if (!name.equals(INDEX)) {
            return null;
        }
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rls-services xmlns=\"" + NAMESPACE + "\">\n");
        documents.forEach(AUID + "/users/", (document, of) -> {
            if (document.endsWith("/" + INDEX)) {
                copyServices(of.content(), out);
            }
        });
        return out.append("</rls-services>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void copyServices(byte[] document, StringBuilder out) {
        XmlReader xml = reader(document);
        byte[] room = new byte[2048];
        while (xml.nextChild(0)) {
            int from = xml.elementStart();
            int name = xml.endOfElementName();
            ByteSink bindings = new ByteSink().wrap(room);
            xml.putInheritedBindings(bindings);
            xml.skip();
            out.append(new String(document, from, name - from, StandardCharsets.UTF_8)).append(bindings.slice(new Slice()))
                    .append(new String(document, name, xml.position() - name, StandardCharsets.UTF_8)).append('\n');
        }
    }

    /** Everybody's lists are nobody's to read (section 4.4.9). */
    @Override
    boolean globalIsPublic() {
        return false;
    }
}
