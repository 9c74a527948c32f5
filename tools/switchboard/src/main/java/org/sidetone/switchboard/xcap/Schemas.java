package org.sidetone.switchboard.xcap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.w3c.dom.Document;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.SAXException;

/** Documents against the schemas of the RFCs, which come out of the jar; nothing is fetched from anywhere. For one thread: making a parser takes longer than a document. */
final class Schemas {
    private static final String FOLDER = "/schemas/";

    private final Validator validator;
    private final DocumentBuilder builder = builder();
    private final Set<String> files = new LinkedHashSet<>();
    private KnownNames names;

    /** @param name of a file in the folder {@code schemas} */
    Schemas(String name) {
        try {
            DOMImplementationLS implementation = (DOMImplementationLS) DOMImplementationRegistry.newInstance().getDOMImplementation("LS");
            SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setResourceResolver((type, namespace, publicId, systemId, base) -> {
                LSInput input = implementation.createLSInput();
                input.setSystemId(systemId);
                String file = systemId.substring(systemId.lastIndexOf('/') + 1);
                files.add(file);
                input.setByteStream(open(file));
                return input;
            });
            files.add(name);
            validator = factory.newSchema(new StreamSource(open(name), name)).newValidator();
        } catch (SAXException | ReflectiveOperationException e) {
            throw new IllegalStateException("the schema " + name + " cannot be read", e);
        }
    }

    /** Adds what is declared here; from now on documents may have of the known namespaces what is declared anywhere. */
    void know(KnownNames all) {
        names = all;
        for (String file : files) {
            try (InputStream in = open(file)) {
                all.add(builder.parse(in));
            } catch (SAXException | IOException e) {
                throw new IllegalStateException("the schema " + file + " cannot be read", e);
            }
        }
    }

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://apache.org/xml/features/dom/defer-node-expansion", false);     // all of it is looked at
            DocumentBuilder made = factory.newDocumentBuilder();
            made.setErrorHandler(null);
            return made;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InputStream open(String name) {
        InputStream in = Schemas.class.getResourceAsStream(FOLDER + name);
        if (in == null) {
            throw new IllegalStateException("the schema " + name + " is not in the jar");
        }
        return in;
    }

    /** Reads a document that the schema allows. @throws XcapConflict when it does not */
    Document read(byte[] document) throws XcapConflict {
        try {
            Document read = builder.parse(new ByteArrayInputStream(document));
            validator.validate(new DOMSource(read));
            if (names != null) {
                names.check(read);
            }
            return read;
        } catch (SAXException e) {
            throw XcapConflict.of("schema-validation-error", e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
