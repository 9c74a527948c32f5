package org.sidetone.doc.winfo;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlWriter;

/** Writes one document about the watchers of one resource: {@link #begin}, {@link #watcher} for each, {@link #end}. */
public final class WatcherinfoWriter {
    private final XmlWriter xml = new XmlWriter();

    /** @param version counts the documents of one subscription from 0 */
    public void begin(long version, boolean full, Slice resource, Slice eventPackage, ByteSink out) {
        xml.wrap(out).declaration().start("watcherinfo").attribute("xmlns", Watcherinfo.NAMESPACE);
        number("version", version);
        xml.attribute("state", full ? "full" : "partial").start("watcher-list").attribute("resource", resource).attribute("package", eventPackage);
    }

    /** @param expiresSec negative: not said */
    public void watcher(FixedText uri, long id, int status, int event, long expiresSec, long durationSec) {
        xml.start("watcher").attribute("id", "w");
        xml.inAttribute().putDecimal(id);
        xml.attribute("status", Watcherinfo.statusName(status)).attribute("event", Watcherinfo.eventName(event));
        if (expiresSec >= 0) {
            number("expiration", expiresSec);
        }
        number("duration-subscribed", Math.max(0, durationSec));
        xml.text(uri).end("watcher");
    }

    public void end() {
        xml.end("watcher-list").end("watcherinfo");
    }

    private void number(String name, long n) {
        xml.attribute(name, "");
        xml.inAttribute().putDecimal(n);
    }
}
