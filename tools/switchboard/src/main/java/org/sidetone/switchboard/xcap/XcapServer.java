package org.sidetone.switchboard.xcap;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sidetone.bytes.Slice;
import org.sidetone.switchboard.store.Store;
import org.sidetone.xml.XmlReader;
import org.sidetone.xml.tree.NodeSelector;
import org.sidetone.xml.tree.XmlTree;

/**
 * Takes requests and gives answers (RFC 4825 section 8). A change is either made whole or not at all; whoever asked is answered when the store has it,
 * {@link #ticket} says which of its completions that is.
 */
public final class XcapServer {
    /** Hears of changes, after they were made. */
    public interface Listener {
        /** @param owner {@code sip:alice@example.test}. @param content null: the document is gone */
        void onDocument(String auid, String owner, String name, byte[] content);
    }

    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_DOCUMENTS_OF_ONE = 64;
    private static final String ELEMENT = "application/xcap-el+xml";
    private static final String ATTRIBUTE = "application/xcap-att+xml";
    private static final String BINDINGS = "application/xcap-ns+xml";
    private static final String READ_ONLY = "GET, HEAD";

    private final Documents documents;
    private final String domain;
    private final Predicate<String> isUser;
    private final Listener listener;
    private final List<ApplicationUsage> usages = new ArrayList<>();
    private final DocumentEditor editor = new DocumentEditor();
    private final XmlTree reading = new XmlTree(20_000);
    private long ticket;

    /** @param isUser whether there is a user of a name in the domain */
    public XcapServer(Documents documents, String domain, Predicate<String> isUser, Listener listener) {
        this.documents = documents;
        this.domain = domain;
        this.isUser = isUser;
        this.listener = listener;
        usages.add(new PresRules());
        usages.add(new ResourceLists());
        usages.add(new RlsServices(documents, this::isAddress));
        usages.add(new PidfManipulation());
        usages.add(new XcapCaps(List.copyOf(usages)));
        KnownNames names = new KnownNames(usages.stream().flatMap(u -> u.namespaces().stream()).collect(Collectors.toSet()));
        usages.stream().map(ApplicationUsage::schemas).filter(Objects::nonNull).forEach(schemas -> schemas.know(names));
    }

    /** For tests. */
    void add(ApplicationUsage usage) {
        usages.add(usage);
    }

    private boolean isAddress(String uri) {
        String suffix = "@" + domain;
        return uri.startsWith("sip:") && uri.endsWith(suffix) && isUser.test(uri.substring(4, uri.length() - suffix.length()));
    }

    /** The owner of a path in one form: {@code alice}, {@code alice@example.test} and {@code sip:alice@example.test} are the same. */
    private XcapPath canonical(XcapPath path) {
        if (path == null || path.user() == null) {
            return path;
        }
        String user = path.user();
        user = user.matches("(?i)sips?:.*") ? "sip:" + user.substring(user.indexOf(':') + 1) : "sip:" + user;
        user = user.indexOf('@') < 0 ? user + "@" + domain : user.substring(0, user.indexOf('@')) + user.substring(user.indexOf('@')).toLowerCase(java.util.Locale.ROOT);
        return new XcapPath(path.auid(), user, path.name(), path.node(), path.prefixes());
    }

    /** Takes one request. */
    public XcapAnswer handle(XcapRequest request) {
        ticket = Store.NONE;
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        boolean changes = request.method().equals("PUT") || request.method().equals("DELETE");
        if (!reads && !changes) {
            return XcapAnswer.notAllowed("GET, HEAD, PUT, DELETE");
        }
        XcapPath path = canonical(XcapPath.parse(request.target()));
        if (path == null) {
            return XcapAnswer.refused(404, "There is nothing of this name: below the XCAP root come the application usage, users, the user and the document");
        }
        ApplicationUsage usage = usages.stream().filter(u -> u.auid.equals(path.auid())).findFirst().orElse(null);
        if (usage == null) {
            return XcapAnswer.refused(404, "There is no application usage " + path.auid());
        }
        if (path.user() == null) {
            return global(usage, path, request, reads);
        }
        String name = path.user().endsWith("@" + domain) ? path.user().substring(4, path.user().length() - domain.length() - 1) : null;
        if (name == null || !isUser.test(name)) {
            return XcapAnswer.refused(404, "There is no user " + path.user());
        }
        if (request.user() == null || !path.user().equals("sip:" + request.user() + "@" + domain)) {
            return XcapAnswer.refused(403, "These documents are their owner's alone");
        }
        if (reads) {
            Documents.Document document = documents.get(path.document());
            return document == null ? XcapAnswer.of(404) : read(usage, path, document, request);
        }
        try {
            return request.method().equals("PUT") ? put(usage, path, request) : delete(usage, path, request);
        } catch (XcapConflict e) {
            return e.answer();
        }
    }

    /** An element with the bindings in force at it, for whoever shows it elsewhere; null when there is none. */
    byte[] elementAlone(String target) {
        XcapPath path = canonical(XcapPath.parse(target));
        Documents.Document document = path == null ? null : documents.get(path.document());
        ApplicationUsage usage = path == null ? null : usages.stream().filter(u -> u.auid.equals(path.auid())).findFirst().orElse(null);
        if (document == null || usage == null) {
            return null;
        }
        editor.open(document.content(), usage.namespace, path.prefixes());
        int found = editor.find(path.node());
        return found < 0 || !editor.isElement(found) ? null : editor.contentWithBindings(found);
    }

    /** The store's ticket of the change made last; {@link Store#NONE}: there was none. */
    public long ticket() {
        return ticket;
    }

    private XcapAnswer global(ApplicationUsage usage, XcapPath path, XcapRequest request, boolean reads) {
        byte[] content = usage.globalIsPublic() ? usage.global(path.name()) : null;
        if (content == null) {
            return usage.globalIsPublic() || usage.global(path.name()) == null ? XcapAnswer.of(404) : XcapAnswer.refused(403, "This document is the exchange's alone");
        }
        if (!reads) {
            return XcapAnswer.notAllowed(READ_ONLY);
        }
        String tag = "\"" + Integer.toHexString(java.util.Arrays.hashCode(content)) + "\"";
        return read(usage, path, new Documents.Document(content, tag), request);
    }

    private XcapAnswer read(ApplicationUsage usage, XcapPath path, Documents.Document document, XcapRequest request) {
        if (request.ifMatch() != null && !matches(request.ifMatch(), document)) {
            return XcapAnswer.of(412);
        }
        boolean known = request.ifNoneMatch() != null && matches(request.ifNoneMatch(), document);
        if (path.node() == null) {
            return known ? XcapAnswer.of(304, document.tag()) : new XcapAnswer(200, usage.contentType, document.content(), document.tag(), null);
        }
        boolean bindings = path.node().endsWith(DocumentEditor.NAMESPACES);
        String node = bindings ? path.node().substring(0, path.node().length() - DocumentEditor.NAMESPACES.length()) : path.node();
        editor.open(document.content(), usage.namespace, path.prefixes());
        int found = editor.find(node);
        if (found == NodeSelector.UNBOUND_PREFIX) {
            return unbound();
        }
        if (found < 0 || bindings && !editor.isElement(found) || !editor.isElement(found) && !editor.isAttribute(found)) {
            return XcapAnswer.of(404);
        }
        if (known) {
            return XcapAnswer.of(304, document.tag());
        }
        return new XcapAnswer(200, bindings ? BINDINGS : editor.isAttribute(found) ? ATTRIBUTE : ELEMENT,
                bindings ? editor.bindings(found) : editor.content(found), document.tag(), null);
    }

    /** Section 8. */
    private static XcapAnswer unbound() {
        return XcapAnswer.refused(400, "A prefix of the node selector is not bound in the query: xmlns(prefix=namespace)");
    }

    private static boolean matches(String tags, Documents.Document document) {
        if (document == null) {
            return false;
        }
        for (String tag : tags.split(",")) {
            String one = tag.strip().replaceFirst("^W/", "");
            if (one.equals("*") || one.equals(document.tag())) {
                return true;
            }
        }
        return false;
    }

    /** RFC 7232 section 6; an insertion is conditional on the document (section 8.2.6). */
    private static boolean conditionFails(XcapRequest request, Documents.Document document) {
        return request.ifMatch() != null && !matches(request.ifMatch(), document)
                || request.ifNoneMatch() != null && matches(request.ifNoneMatch(), document);
    }

    private XcapAnswer put(ApplicationUsage usage, XcapPath path, XcapRequest request) throws XcapConflict {
        Documents.Document before = documents.get(path.document());
        boolean whole = path.node() == null;
        boolean attribute = !whole && path.node().startsWith("/@", DocumentEditor.lastSlash(path.node()));
        if (!whole && path.node().endsWith(DocumentEditor.NAMESPACES)) {
            return XcapAnswer.notAllowed(READ_ONLY);
        }
        if (request.body().length > MOST_BYTES) {
            return XcapAnswer.refused(413, "At most " + MOST_BYTES + " octets");
        }
        if (conditionFails(request, before)) {
            return XcapAnswer.of(412, before == null ? null : before.tag());
        }
        String wanted = whole ? usage.contentType : attribute ? ATTRIBUTE : ELEMENT;
        String type = request.contentType() == null ? "" : request.contentType().replaceFirst(";.*", "").strip();
        if (!type.equalsIgnoreCase(wanted)) {
            return XcapAnswer.refused(415, "The content type here is " + wanted);
        }
        if (!whole && before == null) {
            throw XcapConflict.noParent(null);
        }
        checkEncoding(request.body());
        boolean[] created = {before == null};
        byte[] after;
        if (whole) {
            if (!usage.allowsName(path.name())) {
                throw XcapConflict.noParent(null);
            }
            if (before == null && documents.count(usage.auid + "/users/" + path.user() + "/") >= MOST_DOCUMENTS_OF_ONE) {
                return XcapAnswer.refused(413, "At most " + MOST_DOCUMENTS_OF_ONE + " documents");
            }
            after = request.body();
            int read = reading.read(new Slice().wrap(after));
            if (read == XmlReader.BAD_ENCODING) {
                throw XcapConflict.of("not-utf-8", "Documents are UTF-8");
            }
            if (read == XmlTree.TOO_LARGE || read == XmlReader.TOO_DEEP) {
                return XcapAnswer.refused(413, "There are more elements in it, or they are deeper, than there is room for");
            }
            if (read != XmlTree.GOOD) {
                throw XcapConflict.of("not-well-formed", "The body is not a well-formed XML document");
            }
        } else {
            editor.open(before.content(), usage.namespace, path.prefixes());
            if (editor.find(path.node()) == NodeSelector.UNBOUND_PREFIX) {
                return unbound();
            }
            try {
                after = attribute ? editor.putAttribute(path.node(), request.body(), created) : editor.putElement(path.node(), request.body(), created);
            } catch (XcapConflict e) {
                throw withDocument(e, path);
            }
            if (after.length > MOST_BYTES) {
                return XcapAnswer.refused(413, "At most " + MOST_BYTES + " octets");
            }
        }
        usage.check(path, after);
        return changed(usage, path, after, created[0] ? 201 : 200);
    }

    private static void checkEncoding(byte[] body) throws XcapConflict {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw XcapConflict.of("not-utf-8", "The body is not UTF-8");
        }
    }

    /** The ancestor of a report is a URI relative to the XCAP root. */
    private static XcapConflict withDocument(XcapConflict e, XcapPath path) {
        return e.ancestor() == null ? e : XcapConflict.noParent("/" + path.document() + "/~~" + percentEncoded(e.ancestor()));
    }

    static String percentEncoded(String node) {
        StringBuilder out = new StringBuilder();
        for (byte b : node.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > ' ' && b < 127 && "\"[]<>%\\^`{|}#?".indexOf(b) < 0;
            out.append(plain ? String.valueOf((char) b) : String.format("%%%02x", b));
        }
        return out.toString();
    }

    private XcapAnswer delete(ApplicationUsage usage, XcapPath path, XcapRequest request) throws XcapConflict {
        if (path.node() != null && path.node().endsWith(DocumentEditor.NAMESPACES)) {
            return XcapAnswer.notAllowed(READ_ONLY);
        }
        Documents.Document before = documents.get(path.document());
        if (before == null) {
            return XcapAnswer.of(404);
        }
        if (conditionFails(request, before)) {
            return XcapAnswer.of(412, before.tag());
        }
        if (path.node() == null) {
            long made = documents.remove(path.document());
            listener.onDocument(usage.auid, path.user(), path.name(), null);
            ticket = made;
            return XcapAnswer.of(200);
        }
        editor.open(before.content(), usage.namespace, path.prefixes());
        int found = editor.find(path.node());
        if (found == NodeSelector.UNBOUND_PREFIX) {
            return unbound();
        }
        if (found < 0 || !editor.isElement(found) && !editor.isAttribute(found)) {
            return XcapAnswer.of(404);
        }
        byte[] after = editor.delete(path.node(), found);
        usage.check(path, after);
        return changed(usage, path, after, 200);
    }

    private XcapAnswer changed(ApplicationUsage usage, XcapPath path, byte[] after, int status) {
        long made = documents.put(path.document(), after);
        listener.onDocument(usage.auid, path.user(), path.name(), after);
        ticket = made;                                       // who heard of it may have read documents meanwhile
        return XcapAnswer.of(status, documents.get(path.document()).tag());
    }
}
