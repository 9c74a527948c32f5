package org.sidetone.bench.presence;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.kxml2.io.KXmlParser;
import org.xmlpull.v1.XmlPullParser;
import org.xmlpull.v1.XmlPullParserException;

/** kXML2, a pull parser made for small devices; no schema. */
final class KxmlReader implements DocumentReader {
    private static final int DEPTH = 24;
    private final Sums sums = new Sums();
    private final String[] open = new String[DEPTH];

    @Override
    public long read(byte[] document) throws XmlPullParserException, IOException {
        KXmlParser xml = new KXmlParser();
        xml.setFeature(XmlPullParser.FEATURE_PROCESS_NAMESPACES, true);
        xml.setInput(new ByteArrayInputStream(document), "UTF-8");
        sums.start();
        int depth = 0;
        boolean wanted = false;
        for (int e = xml.next(); e != XmlPullParser.END_DOCUMENT; e = xml.next()) {
            if (e == XmlPullParser.START_TAG) {
                wanted = sums.element(xml.getNamespace(), xml.getName(), depth == 0 ? null : open[depth - 1], name -> xml.getAttributeValue(null, name));
                open[depth++] = xml.getName();
            } else if (e == XmlPullParser.TEXT && wanted) {
                sums.text(open[depth - 1], xml.getText());
            } else if (e == XmlPullParser.END_TAG) {
                wanted = false;
                sums.end(open[--depth]);
            }
        }
        return sums.sum();
    }
}
