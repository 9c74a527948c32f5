package org.sidetone.presence;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.filter.SimpleFilters;
import org.sidetone.xml.tree.XmlTree;

/** What a presence document must have by its schemas: a tuple its status, a device its id, whatever is identified its identification. */
public final class PresenceFilterRules implements SimpleFilters.Mandatory {
    private static final byte[] STATUS = Ascii.bytes("status");
    private static final byte[] TUPLE = Ascii.bytes("tuple");
    private static final byte[] DEVICE_ID = Ascii.bytes("deviceID");
    private static final byte[] DEVICE = Ascii.bytes("device");
    private static final byte[] ID = Ascii.bytes("id");
    private static final byte[] ENTITY = Ascii.bytes("entity");
    private static final byte[] FROM = Ascii.bytes("from");
    private static final byte[] TIMED_STATUS = Ascii.bytes("timed-status");

    private final Slice name = new Slice();

    @Override
    public boolean element(XmlTree document, int element) {
        int parent = document.parent(element);
        boolean status = document.localName(element, name).equals(STATUS);
        boolean deviceId = name.equals(DEVICE_ID);
        return parent != XmlTree.DOCUMENT && (status && document.localName(parent, name).equals(TUPLE)
                || deviceId && document.localName(parent, name).equals(DEVICE));
    }

    @Override
    public boolean attribute(XmlTree document, int attribute) {
        boolean always = document.localName(attribute, name).equals(ID) || name.equals(ENTITY);
        boolean from = name.equals(FROM);
        return always || from && document.localName(document.parent(attribute), name).equals(TIMED_STATUS);
    }
}
