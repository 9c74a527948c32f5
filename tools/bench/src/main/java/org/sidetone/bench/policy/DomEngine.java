package org.sidetone.bench.policy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** As one would with the JDK: the rules a tree that is kept, the document parsed, pruned and written. */
final class DomEngine implements PolicyMain.Engine {
    private static final List<String> HANDLINGS = List.of("block", "confirm", "polite-block", "allow");
    private static final Set<String> ALWAYS = Set.of("status", "contact", "timestamp", "service-class");

    private final DocumentBuilder builder;
    private final Transformer transformer = TransformerFactory.newInstance().newTransformer();
    private final Element rules;
    private final byte[] document = Rules.document();

    DomEngine() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        builder = factory.newDocumentBuilder();
        rules = builder.parse(new ByteArrayInputStream(Rules.ruleSet())).getDocumentElement();
        transformer.setOutputProperty("omit-xml-declaration", "yes");
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

    @Override
    public long show(int index) throws Exception {
        String watcher = Rules.watcher(index);
        int handling = 0;
        Set<String> granted = new HashSet<>();
        for (Element rule : children(rules)) {
            List<Element> parts = children(rule);
            if (!holds(children(parts.get(0)).get(0), watcher)) {
                continue;
            }
            handling = Math.max(handling, HANDLINGS.indexOf(children(parts.get(1)).get(0).getTextContent()) * 10);
            for (Element permission : children(parts.get(2))) {
                if (!permission.getTextContent().equals("false")) {
                    granted.add(permission.getLocalName());
                }
            }
        }
        long elements = 0;
        if (handling == 30) {
            Document copy = builder.parse(new ByteArrayInputStream(document));
            prune(copy.getDocumentElement(), granted);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            transformer.transform(new DOMSource(copy), new StreamResult(out));
            byte[] shown = out.toByteArray();
            for (int i = 0; i + 1 < shown.length; i++) {
                elements += shown[i] == '<' && shown[i + 1] != '/' ? 1 : 0;
            }
        }
        return 1_000_000L * handling + elements;
    }

    private static boolean holds(Element identity, String watcher) {
        for (Element e : children(identity)) {
            boolean one = e.getLocalName().equals("one") && e.getAttribute("id").equals(watcher);
            boolean many = e.getLocalName().equals("many") && watcher.endsWith("@" + e.getAttribute("domain"))
                    && children(e).stream().noneMatch(x -> x.getAttribute("id").equals(watcher));
            if (one || many) {
                return true;
            }
        }
        return false;
    }

    private static void prune(Element root, Set<String> granted) {
        for (Element component : children(root)) {
            String set = component.getLocalName().equals("tuple") ? "provide-services" : component.getLocalName().equals("person") ? "provide-persons" : "provide-devices";
            if (!granted.contains(set)) {
                root.removeChild(component);
                continue;
            }
            for (Element e : children(component)) {
                if (!ALWAYS.contains(e.getLocalName()) && !granted.contains("provide-" + e.getLocalName())) {
                    component.removeChild(e);
                }
            }
        }
    }
}
