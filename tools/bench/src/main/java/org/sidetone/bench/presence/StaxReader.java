package org.sidetone.bench.presence;

import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The JDK's pull parser; no schema. */
final class StaxReader implements DocumentReader {
    private static final int DEPTH = 24;
    private final XMLInputFactory factory = XMLInputFactory.newInstance();
    private final Sums sums = new Sums();
    private final String[] open = new String[DEPTH];

    StaxReader() {
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    }

    @Override
    public long read(byte[] document) throws XMLStreamException {
        XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(document));
        sums.start();
        int depth = 0;
        boolean wanted = false;
        while (xml.hasNext()) {
            int e = xml.next();
            if (e == XMLStreamConstants.START_ELEMENT) {
                wanted = sums.element(xml.getNamespaceURI(), xml.getLocalName(), depth == 0 ? null : open[depth - 1],
                        name -> xml.getAttributeValue(null, name));
                open[depth++] = xml.getLocalName();
            } else if (e == XMLStreamConstants.CHARACTERS && wanted) {
                sums.text(open[depth - 1], xml.getText());
            } else if (e == XMLStreamConstants.END_ELEMENT) {
                wanted = false;
                sums.end(open[--depth]);
            }
        }
        xml.close();
        return sums.sum();
    }
}
