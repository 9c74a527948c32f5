package org.sidetone.doc.pidf;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;

/** The JDK's validator with the schemas of the RFCs. */
final class SchemaValidation {
    private static final Schema PRESENCE = load();

    private SchemaValidation() {
    }

    private static Schema load() {
        try {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(SchemaValidation.class.getResource("/schemas/presence-bundle.xsd"));
        } catch (org.xml.sax.SAXException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws AssertionError when the document is not valid */
    static void presence(byte[] document) throws Exception {
        try {
            PRESENCE.newValidator().validate(new StreamSource(new ByteArrayInputStream(document)));
        } catch (org.xml.sax.SAXException e) {
            throw new AssertionError(e.getMessage() + "\n" + new String(document, StandardCharsets.UTF_8), e);
        }
    }
}
