package org.sidetone.doc.winfo;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;
import org.sidetone.xml.schema.Schema;
import org.sidetone.xml.schema.SchemaReader;

/** Reads a document that the schema allows, and tells what is in it one by one; elements of other namespaces are passed over. */
public final class WatcherinfoReader {
    public static final int GOOD = 0;

    /** Told while the document is read; what it is handed is valid during the call. A document that turns out bad is told of as far as it was good. */
    public interface User {
        void onWatcherList(Slice resource, Slice eventPackage);

        /** @param uri of the watcher. @param displayName empty: not said. @param status and event: codes of {@link Watcherinfo} */
        void onWatcher(Slice id, Slice uri, Slice displayName, int status, int event);
    }

    private static final int NS = 0;
    private static final int MAX_DEPTH = 16;
    private static final String LINES = "/watcherinfo @version!unsigned @state!string : watcher-list* ##other*\n"
            + "watcher-list @resource!uri @package!string : watcher* ##other*\n"
            + "watcher @id!string @status!string @event!string @display-name=string @expiration=unsigned @duration-subscribed=unsigned = uri\n";
    private static final long MOST = 0xFFFFFFFFL;
    private static final byte[] LIST = Ascii.bytes("watcher-list");
    private static final byte[] WATCHER = Ascii.bytes("watcher");
    private static final byte[] VERSION = Ascii.bytes("version");
    private static final byte[] STATE = Ascii.bytes("state");
    private static final byte[] FULL = Ascii.bytes("full");
    private static final byte[] PARTIAL = Ascii.bytes("partial");
    private static final byte[] RESOURCE = Ascii.bytes("resource");
    private static final byte[] PACKAGE = Ascii.bytes("package");
    private static final byte[] ID = Ascii.bytes("id");
    private static final byte[] STATUS = Ascii.bytes("status");
    private static final byte[] EVENT = Ascii.bytes("event");
    private static final byte[] DISPLAY_NAME = Ascii.bytes("display-name");

    private final SchemaReader xml = new SchemaReader(new Schema(new byte[][] {Ascii.bytes(Watcherinfo.NAMESPACE)}).define(NS, LINES), MAX_DEPTH);
    private final FixedText resource = new FixedText(256);
    private final FixedText uri = new FixedText(256);
    private final FixedText id = new FixedText(128);
    private final FixedText name = new FixedText(64);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();
    private final Slice slice3 = new Slice();
    private long version;
    private boolean full;

    /** @return {@link #GOOD} or a refusal of {@link SchemaReader} */
    public int read(Slice document, User user) {
        xml.wrap(document);
        for (int e = xml.next(); e != XmlReader.DONE; e = xml.next()) {
            if (e < 0) {
                return e;
            }
            if (e != XmlReader.START || xml.namespace() != NS) {
                continue;
            }
            if (xml.is(NS, LIST)) {
                boolean named = value(RESOURCE, resource);
                xml.attribute(PACKAGE, slice2);
                if (named) {
                    user.onWatcherList(resource.slice(slice), slice2);
                }
            } else if (xml.is(NS, WATCHER)) {
                e = watcher(user);
                if (e < 0) {
                    return e;
                }
            } else {
                xml.attribute(VERSION, slice);
                version = Ascii.decimal(slice.buffer(), slice.offset(), slice.limit(), MOST);
                xml.attribute(STATE, slice);
                full = slice.equals(FULL);
                if (version < 0 || !full && !slice.equals(PARTIAL)) {
                    return SchemaReader.INVALID;
                }
            }
        }
        return GOOD;
    }

    private int watcher(User user) {
        xml.attribute(STATUS, slice);
        int status = Watcherinfo.status(slice);
        xml.attribute(EVENT, slice);
        int event = Watcherinfo.event(slice);
        if (status == Watcherinfo.UNKNOWN || event == Watcherinfo.UNKNOWN) {
            return SchemaReader.INVALID;
        }
        boolean fits = value(ID, id);
        if (!value(DISPLAY_NAME, name)) {
            name.clear();
        }
        int e = xml.elementText(uri.sink(sink));
        if (e >= 0 && uri.take(sink) && fits) {
            user.onWatcher(id.slice(slice), uri.slice(slice2), name.slice(slice3), status, event);
        }
        return e;
    }

    private boolean value(byte[] attribute, FixedText out) {
        if (!xml.attribute(attribute, slice)) {
            return false;
        }
        xml.unescape(slice, out.sink(sink));
        return out.take(sink);
    }

    /** Of the last document. */
    public long version() {
        return version;
    }

    /** Whether the last document said everything, or only what changed. */
    public boolean isFull() {
        return full;
    }
}
