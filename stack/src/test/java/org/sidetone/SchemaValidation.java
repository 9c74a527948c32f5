package org.sidetone;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;

/** The JDK's validator with the schemas of the RFCs. */
public final class SchemaValidation {
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private SchemaValidation() {
    }

    private static Schema load(String name) {
        try {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(SchemaValidation.class.getResource("/schemas/" + name + ".xsd"));
        } catch (org.xml.sax.SAXException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws AssertionError when the document is not valid */
    public static void presence(byte[] document) throws Exception {
        validate("presence-bundle", document);
    }

    /** @throws AssertionError when the document is not valid by the schema of this name */
    public static void validate(String schema, byte[] document) throws Exception {
        try {
            SCHEMAS.computeIfAbsent(schema, SchemaValidation::load).newValidator().validate(new StreamSource(new ByteArrayInputStream(document)));
        } catch (org.xml.sax.SAXException e) {
            throw new AssertionError(e.getMessage() + "\n" + new String(document, StandardCharsets.UTF_8), e);
        }
    }
}
