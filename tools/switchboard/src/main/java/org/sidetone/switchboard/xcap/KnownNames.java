package org.sidetone.switchboard.xcap;

import java.util.HashSet;
import java.util.Set;
import javax.xml.XMLConstants;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * The elements and attributes that the server has a declaration of. Where a schema lets in whatever comes, something of a namespace that the server says it
 * understands must be one of them (RFC 4825 section 8.2.5).
 */
final class KnownNames {
    private final Set<String> namespaces;
    private final Set<String> declared = new HashSet<>();

    /** @param namespaces that the capabilities document names */
    KnownNames(Set<String> namespaces) {
        this.namespaces = namespaces;
    }

    /** Takes the declarations of a schema over. */
    void add(Document schema) {
        String target = schema.getDocumentElement().getAttribute("targetNamespace");
        NodeList elements = schema.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, "element");
        for (int i = 0; i < elements.getLength(); i++) {
            declared.add(name(target, ((Element) elements.item(i)).getAttribute("name")));
        }
        for (Node child = schema.getDocumentElement().getFirstChild(); child != null; child = child.getNextSibling()) {
            if ("attribute".equals(child.getLocalName())) {
                declared.add(name(target, "@" + ((Element) child).getAttribute("name")));
            }
        }
    }

    /** @throws XcapConflict naming what nobody declared */
    void check(Document document) throws XcapConflict {
        NodeList all = document.getElementsByTagNameNS("*", "*");
        for (int i = 0; i < all.getLength(); i++) {
            Node element = all.item(i);
            require(element.getNamespaceURI(), element.getLocalName());
            NamedNodeMap attributes = element.getAttributes();
            for (int k = 0; k < attributes.getLength(); k++) {
                Attr attribute = (Attr) attributes.item(k);
                require(attribute.getNamespaceURI(), "@" + attribute.getLocalName());
            }
        }
    }

    private void require(String namespace, String local) throws XcapConflict {
        if (namespace != null && namespaces.contains(namespace) && !declared.contains(name(namespace, local))) {
            throw XcapConflict.of("schema-validation-error", "There is no " + local + " in " + namespace);
        }
    }

    private static String name(String namespace, String local) {
        return namespace + " " + local;
    }
}
