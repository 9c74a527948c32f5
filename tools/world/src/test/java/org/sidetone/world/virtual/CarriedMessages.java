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
    private final HeaderTable table = new HeaderTable();
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
        check(text);
        table.check(text);
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

    /** Header fields that belong to some methods alone (RFC 6665 section 8.2, RFC 3903 section 11.2), and what all have. */
    private static void check(String text) {
        String method = text.startsWith("SIP/2.0") ? "" : text.substring(0, text.indexOf(' '));
        String head = text.substring(0, text.indexOf("\r\n\r\n") + 2);
        boolean event = head.contains("\r\nEvent: ");
        if (event != method.matches("SUBSCRIBE|NOTIFY|PUBLISH") || head.contains("\r\nSubscription-State: ") != method.equals("NOTIFY")) {
            throw new AssertionError("Event or Subscription-State does not belong here, or is missing:\n" + text);
        }
        if (head.matches("(?s).*\r\nContent-Length: *0\r\n.*") == head.contains("\r\nContent-Type: ")) {
            throw new AssertionError("a body has a Content-Type, and nothing else has:\n" + text);
        }
        for (String line : head.split("\r\n")) {
            String value = line.substring(line.indexOf(':') + 1).trim();
            if (line.matches("(Supported|Require|Proxy-Require|Unsupported): .*") && !value.matches("(path|outbound|gruu|eventlist|recipient-list-subscribe|100rel|timer|replaces)(, ?(path|outbound|gruu|eventlist|recipient-list-subscribe|100rel|timer|replaces))*")) {
                throw new AssertionError("no option tag of a standards-track RFC: " + line);
            }
            if (line.matches("(Authorization|Proxy-Authorization): .*") && value.split("Digest ", -1).length != 2) {
                throw new AssertionError("credentials are never combined into one line: " + line);
            }
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
