package org.sidetone.doc.policy;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** A second reading of RFC 4745 and RFC 5025, over the JDK's tree and its collections: every rule, every permission by its name, written from the words of the RFCs alone. */
final class NaivePolicy {
    private static final String PR = "urn:ietf:params:xml:ns:pres-rules";
    private static final String PIDF = "urn:ietf:params:xml:ns:pidf";
    private static final String DM = "urn:ietf:params:xml:ns:pidf:data-model";
    private static final String RPID = "urn:ietf:params:xml:ns:pidf:rpid";

    int handling;
    private final Set<String> granted = new HashSet<>();
    private final Map<String, Set<String>> sets = new HashMap<>();
    private String input = "false";

    static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> children(Node of) {
        List<Element> out = new ArrayList<>();
        for (Node n = of.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element e) {
                out.add(e);
            }
        }
        return out;
    }

    NaivePolicy(String rules, String watcher, String sphere, long nowSec) throws Exception {
        for (Element rule : children(parse(rules).getDocumentElement())) {
            boolean matches = true;
            for (Element part : children(rule)) {
                if (part.getLocalName().equals("conditions")) {
                    for (Element condition : children(part)) {
                        matches &= holds(condition, watcher, sphere, nowSec);
                    }
                }
            }
            if (matches) {
                for (Element part : children(rule)) {
                    if (!part.getLocalName().equals("conditions")) {
                        children(part).forEach(this::grant);
                    }
                }
            }
        }
    }

    private static boolean holds(Element condition, String watcher, String sphere, long nowSec) {
        switch (condition.getLocalName()) {
            case "identity":
                return children(condition).stream().anyMatch(e -> e.getLocalName().equals("one") ? watcher.equals(e.getAttribute("id"))
                        : e.getLocalName().equals("many") && many(e, watcher));
            case "sphere":
                return !sphere.isEmpty() && Arrays.asList(condition.getAttribute("value").split(" ")).contains(sphere);
            case "validity":
                List<Element> times = children(condition);
                boolean any = false;
                for (int i = 0; i < times.size(); i += 2) {
                    any |= sec(times.get(i)) <= nowSec && nowSec < sec(times.get(i + 1));
                }
                return any;
            default:
                return false;
        }
    }

    private static long sec(Element time) {
        return OffsetDateTime.parse(time.getTextContent()).toEpochSecond();
    }

    private static String domain(String uri) {
        return uri.contains("@") ? uri.substring(uri.indexOf('@') + 1) : "";
    }

    private static boolean many(Element many, String watcher) {
        if (watcher.isEmpty() || many.hasAttribute("domain") && !many.getAttribute("domain").equals(domain(watcher))) {
            return false;
        }
        return children(many).stream().noneMatch(e -> e.hasAttribute("id") ? e.getAttribute("id").equals(watcher) : e.getAttribute("domain").equals(domain(watcher)));
    }

    private void grant(Element permission) {
        String name = permission.getLocalName();
        String text = permission.getTextContent().trim();
        if (name.equals("sub-handling")) {
            handling = Math.max(handling, List.of("block", "confirm", "polite-block", "allow").indexOf(text) * 10);
        } else if (name.equals("provide-user-input")) {
            List<String> words = List.of("false", "bare", "thresholds", "full");
            input = words.indexOf(text) > words.indexOf(input) ? text : input;
        } else if (name.equals("provide-unknown-attribute")) {
            if (text.equals("true")) {
                granted.add(permission.getAttribute("ns") + " " + permission.getAttribute("name"));
            }
        } else if (name.endsWith("s") && List.of("provide-devices", "provide-persons", "provide-services").contains(name)) {
            for (Element member : children(permission)) {
                sets.computeIfAbsent(name, n -> new HashSet<>()).add(member.getLocalName() + " " + member.getTextContent());
            }
        } else if (name.equals("provide-all-attributes") || text.equals("true")) {
            granted.add(name);
        }
    }

    private boolean has(String set, String member) {
        return sets.getOrDefault(set, Set.of()).contains(member);
    }

    /** What is shown of a document, one line an element, in a form that says nothing of prefixes and white space. */
    String shown(String document) throws Exception {
        Element root = parse(document).getDocumentElement();
        StringWriter out = new StringWriter();
        for (Element component : children(root)) {
            String set = component.getLocalName().equals("tuple") ? "provide-services" : component.getLocalName().equals("person") ? "provide-persons" : "provide-devices";
            if (component.getLocalName().equals("note")) {
                if (granted("provide-note")) {
                    describe(component, "", Set.of(), out);
                }
            } else if (List.of("tuple", "person", "device").contains(component.getLocalName()) && included(component, set)) {
                out.append(component.getLocalName()).append(' ').append(component.getAttribute("id")).append('\n');
                children(component).forEach(e -> attribute(component, e, out));
            }
        }
        return out.toString();
    }

    private boolean granted(String permission) {
        return granted.contains("provide-all-attributes") || granted.contains(permission);
    }

    private boolean included(Element component, String set) {
        boolean in = has(set, "all-devices ") || has(set, "all-persons ") || has(set, "all-services ") || has(set, "occurrence-id " + component.getAttribute("id"));
        for (Element e : children(component)) {
            String text = e.getTextContent();
            in |= e.getLocalName().equals("class") && has(set, "class " + text);
            in |= e.getLocalName().equals("deviceID") && set.equals("provide-devices") && has(set, "deviceID " + text);
            in |= e.getLocalName().equals("contact") && (has(set, "service-uri " + text) || has(set, "service-uri-scheme " + text.split(":")[0]));
        }
        return in;
    }

    private void attribute(Element component, Element e, StringWriter out) {
        String name = e.getLocalName();
        boolean always = component.getLocalName().equals("tuple") ? List.of("contact", "service-class", "timestamp").contains(name)
                : name.equals("timestamp") || component.getLocalName().equals("device") && name.equals("deviceID");
        boolean known = List.of(PIDF, DM, RPID).contains(e.getNamespaceURI()) && !name.equals("mine");
        if (name.equals("status")) {
            out.append(" status\n");
            for (Element s : children(e)) {
                if (s.getLocalName().equals("basic") || granted.contains("provide-all-attributes") || granted.contains(s.getNamespaceURI() + " " + s.getLocalName())) {
                    describe(s, "  ", Set.of(), out);
                }
            }
        } else if (name.equals("user-input")) {
            String most = granted.contains("provide-all-attributes") ? "full" : input;
            if (!most.equals("false")) {
                describe(e, " ", most.equals("full") ? Set.of() : most.equals("bare") ? Set.of("idle-threshold", "last-input") : Set.of("last-input", "id"), out);
            }
        } else if (always || known && granted("provide-" + name) || !known && (granted.contains("provide-all-attributes")
                || granted.contains(e.getNamespaceURI() + " " + name))) {
            describe(e, " ", Set.of(), out);
        }
    }

    /** An element with everything in it. */
    static void describe(Element e, String indent, Set<String> without, StringWriter out) {
        Map<String, String> attributes = new TreeMap<>();
        NamedNodeMap all = e.getAttributes();
        for (int i = 0; i < all.getLength(); i++) {
            if (!all.item(i).getNodeName().startsWith("xmlns") && !without.contains(all.item(i).getLocalName())) {
                attributes.put(all.item(i).getNodeName(), all.item(i).getNodeValue());
            }
        }
        out.append(indent + "{" + e.getNamespaceURI() + "}" + e.getLocalName() + attributes + (children(e).isEmpty() ? e.getTextContent() : "") + "\n");
        children(e).forEach(c -> describe(c, indent + " ", Set.of(), out));
    }

    /** A document that was filtered already, in the same form. */
    static String everything(String document) throws Exception {
        StringWriter out = new StringWriter();
        for (Element component : children(parse(document).getDocumentElement())) {
            if (component.getLocalName().equals("note")) {
                describe(component, "", Set.of(), out);
                continue;
            }
            out.append(component.getLocalName()).append(' ').append(component.getAttribute("id")).append('\n');
            for (Element e : children(component)) {
                if (e.getLocalName().equals("status")) {
                    out.append(" status\n");
                    children(e).forEach(s -> describe(s, "  ", Set.of(), out));
                } else {
                    describe(e, " ", Set.of(), out);
                }
            }
        }
        return out.toString();
    }
}
