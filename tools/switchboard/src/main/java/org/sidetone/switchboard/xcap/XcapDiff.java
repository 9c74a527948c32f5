package org.sidetone.switchboard.xcap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.xcapdiff.XcapDiffWriter;
import org.sidetone.event.EventPackage;
import org.sidetone.event.Notifier;
import org.sidetone.event.ServerPackage;
import org.sidetone.event.SubscriptionObserver;
import org.sidetone.event.WatcherSubscription;
import org.sidetone.sip.EventView;
import org.sidetone.sip.SipMessage;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Tells a user's devices which of his documents, and of their elements and attributes, are others now (RFC 5875). Documents are told of by their
 * entity tags, and, to whoever asked for that, by the operations that make the new ones of the old ones. A SUBSCRIBE lists what is to be watched, documents, parts of them, or, with a slash at the end, everything below.
 */
public final class XcapDiff extends ServerPackage implements SubscriptionObserver {
    /** Names the user that a SUBSCRIBE is from and for. */
    public interface Policy {
        /** @return 200, or the status to refuse with */
        int mayAsk(SipMessage subscribe, FixedText resource, FixedText watcher);
    }

    private static final byte[] EVENT = Ascii.bytes("xcap-diff");
    private static final byte[] CONTENT_TYPE = Ascii.bytes("application/xcap-diff+xml");
    private static final byte[] BODY_TYPE = Ascii.bytes("application/resource-lists+xml");
    private static final String NAMESPACE = "urn:ietf:params:xml:ns:xcap-diff";
    private static final long DEFAULT_EXPIRES_SEC = 3600;
    private static final int MOST_URIS = 64;
    private static final int MOST_CONTENT = 2048;
    /** Of a document whose changes are told as operations, and of those operations. */
    private static final int MOST_NODES = 20_000;
    private static final int MOST_PATCH = 4096;
    /** Changes of one document that are remembered. */
    private static final int MOST_STEPS = 16;
    private static final byte[] DIFF_PROCESSING = Ascii.bytes("diff-processing");

    /** How a SUBSCRIBE wants to hear of documents that change (section 4.3). */
    private enum Mode {
        /** That they did. */
        NO_PATCHING,
        /** Each change. */
        XCAP_PATCHING,
        /** What they come to. */
        AGGREGATE
    }

    /** One thing that is watched, as it is now. @param document null for a part of one. @param content of a part */
    private record Seen(Documents.Document document, String content) {
    }

    /** One change of a document. */
    private record Step(Documents.Document from, Documents.Document to) {
    }

    /** What one subscription watches, and what its notifications said. */
    private static final class Watch {
        String owner = "";
        Mode mode = Mode.NO_PATCHING;
        final List<String> uris = new ArrayList<>();
        /** By number of the notification: the last that arrived, and the one under way. */
        final LinkedHashMap<Long, Map<String, Seen>> told = new LinkedHashMap<>();
    }

    private final Notifier notifier;
    private final Documents documents;
    private final XcapServer server;
    private final Policy policy;
    private final Map<Long, Watch> watches = new HashMap<>();
    private final Map<String, Long> changes = new HashMap<>();
    /** The latest changes of the documents that somebody wants to hear of one by one, and those documents as they are now, by name. */
    private final Map<String, ArrayDeque<Step>> steps = new HashMap<>();
    private final Map<String, Documents.Document> latest = new HashMap<>();
    private final XcapDiffWriter patches = new XcapDiffWriter(MOST_NODES);
    private final EventView event = new EventView();
    private final Slice slice = new Slice();
    private final long salt;
    private long changed;
    private String root;

    public XcapDiff(Notifier notifier, Documents documents, XcapServer server, Policy policy, String root, long salt) {
        this.notifier = notifier;
        this.documents = documents;
        this.server = server;
        this.policy = policy;
        this.root = root;
        this.salt = salt << 32 | 1L << 31;
        notifier.register(this);
        notifier.observe(this);
    }

    /** @param newRoot URI of the XCAP root, with a slash at its end */
    public void setRoot(String newRoot) {
        root = newRoot;
    }

    /** A document of somebody's is another, or gone. */
    public void onDocument(String owner, long nowMs) {
        changes.put(owner, ++changed);
        remember(owner);
        notifier.stateChanged(this, new Slice().wrap(owner.getBytes(StandardCharsets.UTF_8)), nowMs);
    }

    private void remember(String owner) {
        if (watches.values().stream().noneMatch(w -> w.mode == Mode.XCAP_PATCHING && w.owner.equals(owner))) {
            latest.keySet().removeIf(name -> isOf(name, owner));
            steps.keySet().removeIf(name -> isOf(name, owner));
            return;
        }
        latest.replaceAll((name, before) -> {
            Documents.Document now = isOf(name, owner) ? documents.get(name) : before;
            if (now == null || now.equals(before)) {
                return before;
            }
            ArrayDeque<Step> way = steps.computeIfAbsent(name, n -> new ArrayDeque<>());
            way.add(new Step(before, now));
            if (way.size() > MOST_STEPS) {
                way.remove();
            }
            return now;
        });
    }

    /** The way from one to another; empty: it is not known. */
    private List<Step> way(String name, Documents.Document from, Documents.Document to) {
        List<Step> out = new ArrayList<>();
        for (Step step : steps.getOrDefault(name, new ArrayDeque<>())) {
            if (!out.isEmpty() || step.from().equals(from)) {
                out.add(step);
            }
        }
        return !out.isEmpty() && out.get(out.size() - 1).to().equals(to) ? out : List.of();
    }

    @Override
    public byte[] name() {
        return EVENT;
    }

    @Override
    public byte[] contentType() {
        return CONTENT_TYPE;
    }

    @Override
    public byte[] bodyType() {
        return BODY_TYPE;
    }

    @Override
    public long defaultExpiresSec() {
        return DEFAULT_EXPIRES_SEC;
    }

    /** His own alone. */
    @Override
    public int authorize(SipMessage subscribe, FixedText resource, FixedText watcher, long nowMs) {
        return policy.mayAsk(subscribe, resource, watcher);
    }

    @Override
    public int takeBody(WatcherSubscription subscription, SipMessage subscribe) {
        Slice body = subscribe.body(new Slice());
        if (body.isEmpty()) {
            watches.computeIfAbsent(subscription.serial(), serial -> new Watch()).mode = mode(subscribe);
            return 200;
        }
        List<String> uris = new ArrayList<>();
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            NodeList entries = builder.parse(new ByteArrayInputStream(body.buffer(), body.offset(), body.length())).getElementsByTagNameNS(ResourceLists.NAMESPACE, "entry");
            for (int i = 0; i < entries.getLength(); i++) {
                uris.add(((Element) entries.item(i)).getAttribute("uri"));
            }
        } catch (SAXException e) {
            return 400;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (uris.size() > MOST_URIS) {
            return 413;
        }
        Watch watch = watches.computeIfAbsent(subscription.serial(), serial -> new Watch());
        watch.mode = mode(subscribe);
        watch.uris.clear();
        watch.uris.addAll(uris);
        watch.told.clear();
        return 200;
    }

    /** Of what is not known the simplest. */
    private Mode mode(SipMessage subscribe) {
        if (!subscribe.event(event) || !event.params().find(DIFF_PROCESSING, slice)) {
            return Mode.NO_PATCHING;
        }
        String said = slice.toString();
        return said.equalsIgnoreCase("aggregate") ? Mode.AGGREGATE : said.equalsIgnoreCase("xcap-patching") ? Mode.XCAP_PATCHING : Mode.NO_PATCHING;
    }

    @Override
    public void onTransition(WatcherSubscription subscription, int before, int why, long nowMs) {
        boolean over = subscription.state() != WatcherSubscription.ACTIVE && subscription.state() != WatcherSubscription.PENDING;
        if (subscription.eventPackage() == this && over) {
            watches.remove(subscription.serial());
        }
    }

    @Override
    public void onReconsidered(EventPackage of, Slice resource, long nowMs) {
        // documents are their owner's, whatever other packages decide
    }

    @Override
    public long stateTag(Slice resource, Slice watcher, long nowMs) {
        return salt | changes.getOrDefault(resource.toString(), 0L);
    }

    @Override
    public boolean writeState(Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        write(Map.of(), resource.toString(), version, out);
        return true;
    }

    @Override
    public boolean writeSince(long tag, Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        Watch watch = watches.get(notifier.writing().serial());
        Map<String, Seen> before = watch == null ? null : watch.told.entrySet().stream().filter(e -> e.getKey() < version).reduce((a, b) -> b).map(Map.Entry::getValue).orElse(null);
        if (before == null) {
            return false;
        }
        write(before, resource.toString(), version, out);
        return true;
    }

    private void write(Map<String, Seen> before, String owner, long version, ByteSink out) {
        Watch watch = watches.computeIfAbsent(notifier.writing().serial(), serial -> new Watch());
        watch.owner = owner;
        Map<String, Seen> now = look(watch, owner);
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xcap-diff xmlns=\"" + NAMESPACE + "\" xcap-root=\"" + XcapConflict.escape(root) + "\">");
        now.forEach((sel, seen) -> {
            if (!seen.equals(before.get(sel))) {
                put(sel, before.get(sel), seen, watch.mode, text);
            }
        });
        before.forEach((sel, seen) -> {
            if (!now.containsKey(sel)) {
                put(sel, seen, null, watch.mode, text);
            }
        });
        out.put(text.append("</xcap-diff>").toString().getBytes(StandardCharsets.UTF_8));
        watch.told.remove(version);
        watch.told.put(version, now);
        while (watch.told.size() > 2) {
            watch.told.remove(watch.told.keySet().iterator().next());
        }
    }

    private void put(String sel, Seen before, Seen now, Mode mode, StringBuilder out) {
        String attribute = " sel=\"" + XcapConflict.escape(sel) + "\"";
        boolean part = sel.contains("/~~/");
        if (!part) {
            List<Step> way = before == null || now == null || mode == Mode.NO_PATCHING ? List.of()
                    : mode == Mode.AGGREGATE ? List.of(new Step(before.document(), now.document())) : way(bareName(sel), before.document(), now.document());
            StringBuilder patched = new StringBuilder();
            if (!way.isEmpty() && way.stream().allMatch(step -> putPatch(sel, step, patched)) && patched.length() <= MOST_PATCH) {
                out.append(patched);
                return;
            }
            out.append("<document").append(attribute).append(before == null ? "" : " previous-etag=\"" + bare(before.document()) + "\"")
                    .append(now == null ? "" : " new-etag=\"" + bare(now.document()) + "\"").append("/>");
            return;
        }
        String element = sel.substring(sel.lastIndexOf('/')).startsWith("/@") ? "attribute" : "element";
        if (now == null) {
            out.append('<').append(element).append(attribute).append(" exists=\"false\"/>");
        } else {
            out.append('<').append(element).append(attribute).append('>').append(now.content().length() > MOST_CONTENT ? "" : now.content()).append("</").append(element).append('>');
        }
    }

    private boolean putPatch(String sel, Step step, StringBuilder out) {
        String attributes = "sel=\"" + XcapConflict.escape(sel) + "\" previous-etag=\"" + bare(step.from()) + "\" new-etag=\"" + bare(step.to()) + "\"";
        ByteSink sink = new ByteSink().wrap(new byte[MOST_PATCH]);
        if (!patches.write(slice(attributes), new Slice().wrap(step.from().content()), new Slice().wrap(step.to().content()), new byte[MOST_PATCH], sink)) {
            return false;
        }
        out.append(sink.slice(new Slice()));
        return true;
    }

    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Everything that is watched and there, by its selector. */
    private Map<String, Seen> look(Watch watch, String owner) {
        Map<String, Seen> out = new LinkedHashMap<>();
        for (String uri : watch.uris) {
            String sel = bareName(uri);
            if (sel.contains("/~~/")) {
                part(uri, sel, owner, out);
            } else if (sel.endsWith("/")) {
                documents.forEach(sel, (name, document) -> {
                    if (isOf(name, owner)) {
                        out.put(name, seen(watch, name, document));
                    }
                });
            } else {
                Documents.Document document = isOf(sel, owner) ? documents.get(sel) : null;
                if (document != null) {
                    out.put(uri, seen(watch, sel, document));
                }
            }
        }
        return out;
    }

    private static boolean isOf(String name, String owner) {
        return name.contains("/users/" + owner + "/");
    }

    private Seen seen(Watch watch, String name, Documents.Document document) {
        if (watch.mode == Mode.XCAP_PATCHING) {
            latest.put(name, document);
        }
        return new Seen(document, null);
    }

    private String bareName(String uri) {
        return uri.startsWith(root) ? uri.substring(root.length()) : uri;
    }

    private static String bare(Documents.Document document) {
        return document.tag().substring(1, document.tag().length() - 1);
    }

    private void part(String uri, String sel, String owner, Map<String, Seen> out) {
        String user = owner.substring(owner.indexOf(':') + 1, owner.indexOf('@'));
        XcapAnswer answer = server.handle(new XcapRequest("GET", "/" + sel, null, null, null, XcapAnswer.NOTHING, user));
        if (answer.status() != 200 || answer.contentType().contains("xcap-ns")) {
            return;
        }
        String content = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.contentType().contains("xcap-att")) {
            out.put(uri, new Seen(null, content.substring(1, content.length() - 1)));
            return;
        }
        byte[] alone = server.elementAlone("/" + sel);
        out.put(uri, new Seen(null, alone == null ? content : new String(alone, StandardCharsets.UTF_8)));
    }
}
