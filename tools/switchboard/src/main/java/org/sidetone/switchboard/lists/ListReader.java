package org.sidetone.switchboard.lists;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.sidetone.switchboard.lists.ServedList.Entry;
import org.sidetone.switchboard.xcap.Documents;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Reads services and what is in their lists. Lists within lists count with all that is in them; an entry-ref and an external list are followed to the owner's own documents
 * here, and left out when they lead elsewhere; what is named twice is there once.
 */
final class ListReader {
    private static final String RLS = "urn:ietf:params:xml:ns:rls-services";
    private static final String LISTS = "urn:ietf:params:xml:ns:resource-lists";
    private static final String SERVICES = "rls-services/users/";
    private static final String INDEX = "/index";

    private final Documents documents;

    ListReader(Documents documents) {
        this.documents = documents;
    }

    /** All services of all users, by URI. */
    Map<String, ServedList> all() {
        Map<String, ServedList> out = new LinkedHashMap<>();
        documents.forEach(SERVICES, (name, document) -> {
            if (name.endsWith(INDEX)) {
                String owner = name.substring(SERVICES.length(), name.length() - INDEX.length());
                for (Element service : children(root(document.content()), RLS, "service")) {
                    ServedList list = service(owner, service);
                    out.put(list.uri(), list);
                }
            }
        });
        return out;
    }

    /** Reads a list that a SUBSCRIBE brought along (RFC 5367). @return null when it is none */
    ServedList contained(String uri, String owner, byte[] document) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        try {
            for (Element list : children(parse(document), LISTS, "list")) {
                add(owner, list, new HashSet<>(), entries);
            }
        } catch (SAXException e) {
            return null;
        }
        return new ServedList(uri, owner, List.of(), List.copyOf(entries.values()));
    }

    private static Element parse(byte[] document) throws SAXException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(document)).getDocumentElement();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Element root(byte[] document) {
        try {
            return parse(document);
        } catch (SAXException e) {
            throw new IllegalStateException("a document that was checked cannot be read", e);
        }
    }

    private static List<Element> children(Element of, String namespace, String name) {
        List<Element> out = new ArrayList<>();
        for (Node n = of.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element e && namespace.equals(e.getNamespaceURI()) && (name == null || name.equals(e.getLocalName()))) {
                out.add(e);
            }
        }
        return out;
    }

    private ServedList service(String owner, Element service) {
        List<String> packages = new ArrayList<>();
        for (Element p : children(service, RLS, "packages")) {
            children(p, RLS, "package").forEach(e -> packages.add(e.getTextContent().strip()));
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        Set<String> followed = new HashSet<>();
        for (Element list : children(service, RLS, "list")) {
            add(owner, list, followed, entries);
        }
        for (Element reference : children(service, RLS, "resource-list")) {
            String uri = reference.getTextContent().strip();
            Element list = followed.add(uri) ? find(owner, uri) : null;
            if (list != null) {
                add(owner, list, followed, entries);
            }
        }
        return new ServedList(service.getAttribute("uri"), owner, packages, List.copyOf(entries.values()));
    }

    /** @param followed external lists that are in already: each is once, however often it is named */
    private void add(String owner, Element list, Set<String> followed, Map<String, Entry> out) {
        for (Element e : children(list, LISTS, null)) {
            switch (e.getLocalName()) {
                case "entry":
                    String name = children(e, LISTS, "display-name").stream().findFirst().map(Element::getTextContent).orElse("").strip();
                    String uri = e.getAttribute("uri");
                    out.putIfAbsent(uri, new Entry(uri.getBytes(StandardCharsets.UTF_8), name.getBytes(StandardCharsets.UTF_8)));
                    break;
                case "list":
                    add(owner, e, followed, out);
                    break;
                case "external":
                    String anchor = e.getAttribute("anchor");
                    Element external = followed.add(anchor) ? find(owner, anchor) : null;
                    if (external != null && external.getLocalName().equals("list")) {
                        add(owner, external, followed, out);
                    }
                    break;
                case "entry-ref":
                    Element entry = find(owner, "/" + e.getAttribute("ref"));
                    if (entry != null && entry.getLocalName().equals("entry")) {
                        String of = entry.getAttribute("uri");
                        out.putIfAbsent(of, new Entry(of.getBytes(StandardCharsets.UTF_8), new byte[0]));
                    }
                    break;
                default:
                    break;
            }
        }
    }

    /** The element of the owner's lists that a URI leads to; null: none. Whose server the URI names does not matter: others' lists are not had. */
    private Element find(String owner, String uri) {
        int at = uri.indexOf("/resource-lists/users/");
        int separator = uri.indexOf("/~~/");
        if (at < 0 || separator < 0) {
            return null;
        }
        String document = decoded(uri.substring(at + 1, separator));
        Documents.Document found = document.startsWith("resource-lists/users/" + owner + "/") ? documents.get(document) : null;
        byte[] element = found == null ? null : found.select(decoded(uri.substring(separator + 3)), LISTS);
        return element == null ? null : root(element);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Whether a list is for an event package. */
    static boolean serves(ServedList list, String eventPackage) {
        return list.packages().isEmpty() || Set.copyOf(list.packages()).contains(eventPackage);
    }
}
