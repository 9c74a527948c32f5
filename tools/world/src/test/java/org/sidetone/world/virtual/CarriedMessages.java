package org.sidetone.world.virtual;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.SAXException;

/** Reads every SIP message that is sent again with somebody else's parser, and validates every presence document against the RFC's schema. */
final class CarriedMessages implements World.Tap {
    private final Validator validator;
    private final Map<String, Integer> seen = new HashMap<>();
    private int messages;
    private int documents;

    CarriedMessages() throws SAXException {
        System.setProperty("gov.nist.javax.sip.LOG_FACTORY", "");
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(CarriedMessages.class.getResource("/schemas/presence-bundle.xsd"));
        validator = schema.newValidator();
    }

    @Override
    public void onSent(VirtualNetwork from, byte[] bytes, int length, boolean datagram) {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        if (!text.contains("SIP/2.0")) {
            return;                                         // the rig's lines, keep-alives
        }
        messages++;
        String kind = text.startsWith("SIP/2.0") ? text.substring(8, 11) : text.substring(0, text.indexOf(' '));
        seen.merge(kind, 1, Integer::sum);
        try {
            StringMsgParser parser = new StringMsgParser();
            SIPMessage message = parser.parseSIPMessage(bytes, true, true, (e, m, header, name, line) -> {
                throw e;
            });
            if (message == null || message.getCallId() == null || message.getCSeq() == null || message.getTopmostVia() == null) {
                throw new AssertionError("not read by JAIN-SIP:\n" + text);
            }
            byte[] body = message.getRawContent();
            int declared = message.getContentLength().getContentLength();
            if ((body == null ? 0 : body.length) != declared) {
                throw new AssertionError("Content-Length does not say the body's length:\n" + text);
            }
            if (text.matches("(?s).*\r\nContent-Type: application/pidf(-diff)?\\+xml\r\n.*") && body != null && body.length > 0) {
                documents++;
                validator.validate(new StreamSource(new ByteArrayInputStream(body)));
            }
        } catch (ParseException | SAXException | java.io.IOException e) {
            throw new AssertionError(e.getMessage() + " in:\n" + text, e);
        }
    }

    int messages() {
        return messages;
    }

    int documents() {
        return documents;
    }

    Map<String, Integer> seen() {
        return seen;
    }
}
