package org.sidetone.doc.policy;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.uri.UriComparison;
import org.sidetone.uri.UriView;
import org.sidetone.xml.tree.XmlTree;

/**
 * Makes of a presence document what a watcher may see (RFC 5025 section 3.3). What is shown is copied octet by octet; what is not leaves no trace, white space
 * between elements neither. Applied again it changes nothing (section 4), except where a component is let in by its class and the class itself is not shown: of what is
 * left nobody could tell any more.
 */
public final class PrivacyFilter {
    private static final byte[] PIDF = Ascii.bytes("urn:ietf:params:xml:ns:pidf");
    private static final byte[] MODEL = Ascii.bytes("urn:ietf:params:xml:ns:pidf:data-model");
    private static final byte[] RPID = Ascii.bytes("urn:ietf:params:xml:ns:pidf:rpid");
    private static final byte[] TUPLE = Ascii.bytes("tuple");
    private static final byte[] PERSON = Ascii.bytes("person");
    private static final byte[] DEVICE = Ascii.bytes("device");
    private static final byte[] STATUS = Ascii.bytes("status");
    private static final byte[] BASIC = Ascii.bytes("basic");
    private static final byte[] CONTACT = Ascii.bytes("contact");
    private static final byte[] TIMESTAMP = Ascii.bytes("timestamp");
    private static final byte[] SERVICE_CLASS = Ascii.bytes("service-class");
    private static final byte[] USER_INPUT = Ascii.bytes("user-input");
    private static final byte[] IDLE_THRESHOLD = Ascii.bytes("idle-threshold");
    private static final byte[] LAST_INPUT = Ascii.bytes("last-input");
    /** What RFC 5025 calls it. */
    private static final byte[] SINCE = Ascii.bytes("since");
    private static final byte[] DEVICE_ID = Ascii.bytes("deviceID");
    private static final byte[] CLASS = Ascii.bytes("class");
    private static final byte[] NOTE = Ascii.bytes("note");
    private static final byte[] ID = Ascii.bytes("id");
    private static final int NO_KIND = -1;
    private static final int NO_ATTRIBUTE = -1;

    private final XmlTree tree;
    private final FixedText text = new FixedText(512);
    private final ByteSink sink = new ByteSink();
    private final Slice name = new Slice();
    private final Slice namespace = new Slice();
    private final Slice value = new Slice();
    private final Slice member = new Slice();
    private final UriView contact = new UriView();
    private final UriView wanted = new UriView();
    private final UriComparison comparison = new UriComparison();
    private Permissions permissions;

    /** @param nodes a document may have */
    public PrivacyFilter(int nodes) {
        tree = new XmlTree(nodes);
    }

    /** Appends what is left of a document. @return whether any service, device, person or note is; otherwise, and when it cannot be read, nothing was appended */
    public boolean apply(Permissions of, Slice document, ByteSink out) {
        permissions = of;
        boolean anything = false;
        int start = out.position();
        if (tree.read(document) != XmlTree.GOOD) {
            return false;
        }
        int root = tree.rootElement();
        begin(root, out);
        for (int c = firstElement(root); c != XmlTree.NONE; c = following(c)) {
            int kind = kind(c);
            if (kind != NO_KIND && isProvided(kind, c)) {
                component(kind, c, out);
                anything = true;
            } else if (isNote(c) && permissions.shows(noteAttribute())) {
                copy(c, out);
                anything = true;
            }
        }
        end(root, out);
        if (!anything) {
            out.truncate(start);
        }
        return anything;
    }

    private int firstElement(int of) {
        return tree.nextElement(tree.firstChild(of));
    }

    private int following(int element) {
        return tree.nextElement(tree.next(element));
    }

    private boolean is(int element, byte[] inNamespace, byte[] local) {
        return tree.localName(element, name).equals(local) && tree.namespace(element, namespace).equals(inNamespace);
    }

    private boolean isNote(int element) {
        return is(element, PIDF, NOTE) || is(element, MODEL, NOTE);
    }

    private int kind(int element) {
        return is(element, PIDF, TUPLE) ? Permissions.SERVICES : is(element, MODEL, PERSON) ? Permissions.PERSONS : is(element, MODEL, DEVICE) ? Permissions.DEVICES
                : NO_KIND;
    }

    private boolean isProvided(int kind, int element) {
        if (permissions.hasAll(kind)) {
            return true;
        }
        int id = tree.attribute(element, ID);
        if (id != XmlTree.NONE && permissions.has(kind, Permissions.OCCURRENCE, string(id))) {
            return true;
        }
        for (int c = firstElement(element); c != XmlTree.NONE; c = following(c)) {
            boolean named = is(c, RPID, CLASS) && permissions.has(kind, Permissions.CLASS, string(c))
                    || kind == Permissions.DEVICES && is(c, MODEL, DEVICE_ID) && isOneOf(kind, Permissions.DEVICE_ID, string(c))
                    || kind == Permissions.SERVICES && is(c, PIDF, CONTACT) && isContact(string(c));
            if (named) {
                return true;
            }
        }
        return false;
    }

    private boolean isContact(Slice uri) {
        int colon = Ascii.indexOf(uri.buffer(), uri.offset(), uri.limit(), ':');
        return isOneOf(Permissions.SERVICES, Permissions.SERVICE_URI, uri)
                || permissions.has(Permissions.SERVICES, Permissions.SCHEME, value.wrap(uri.buffer(), uri.offset(), colon - uri.offset()));
    }

    /** Whether a URI is equivalent to a member of a set: sip URIs by RFC 3261 section 19.1.4, others octet by octet, but for the case of scheme and UUID. */
    private boolean isOneOf(int kind, int by, Slice uri) {
        for (int m = permissions.next(kind, by, -1, member); m >= 0; m = permissions.next(kind, by, m, member)) {
            boolean sip = contact.wrap(uri) && contact.isSip() && wanted.wrap(member) && wanted.isSip();
            boolean same = sip ? comparison.equal(contact, wanted) : by == Permissions.DEVICE_ID ? uri.equalsIgnoreCase(member) : uri.equals(member);
            if (same) {
                return true;
            }
        }
        return false;
    }

    /** The text of an element or attribute, white space around it taken off; empty when it is too long to be compared. */
    private Slice string(int node) {
        text.sink(sink);
        tree.putString(node, sink);
        int from = 0;
        int to = sink.overflowed() ? 0 : sink.length();
        text.take(sink);
        byte[] b = text.bytes();
        while (from < to && b[from] <= ' ' && b[from] > 0) {
            from++;
        }
        while (to > from && b[to - 1] <= ' ' && b[to - 1] > 0) {
            to--;
        }
        return value.wrap(b, from, to - from);
    }

    private void component(int kind, int element, ByteSink out) {
        begin(element, out);
        for (int c = firstElement(element); c != XmlTree.NONE; c = following(c)) {
            if (is(c, RPID, USER_INPUT)) {
                userInput(c, out);
            } else if (kind == Permissions.SERVICES && is(c, PIDF, STATUS)) {
                status(c, out);
            } else if (isAlwaysShown(kind, c) || isShown(c)) {
                copy(c, out);
            }
        }
        end(element, out);
    }

    /** Section 3.3.2. */
    private boolean isAlwaysShown(int kind, int c) {
        return kind == Permissions.SERVICES && (is(c, PIDF, CONTACT) || is(c, PIDF, TIMESTAMP) || is(c, RPID, SERVICE_CLASS))
                || kind != Permissions.SERVICES && is(c, MODEL, TIMESTAMP) || kind == Permissions.DEVICES && is(c, MODEL, DEVICE_ID);
    }

    private boolean isShown(int c) {
        int attribute = attribute(c);
        if (attribute != NO_ATTRIBUTE) {
            return permissions.shows(attribute);
        }
        return permissions.showsEverything() || permissions.has(Permissions.UNKNOWN_ATTRIBUTE, Permissions.UNKNOWN_ATTRIBUTE, qualified(c));
    }

    /** The permission that an element has a name for, {@link #NO_ATTRIBUTE} for an unknown one. */
    private int attribute(int c) {
        if (isNote(c)) {
            return noteAttribute();
        }
        boolean device = is(c, MODEL, DEVICE_ID);
        boolean rpid = tree.namespace(c, namespace).equals(RPID);
        tree.localName(c, name);
        for (int i = 0; i < Permissions.ATTRIBUTES.length; i++) {
            if (name.equals(Permissions.ATTRIBUTES[i])) {
                boolean isDeviceId = name.equals(DEVICE_ID);
                return isDeviceId ? device ? i : NO_ATTRIBUTE : rpid && !name.equals(NOTE) ? i : NO_ATTRIBUTE;
            }
        }
        return NO_ATTRIBUTE;
    }

    private static int noteAttribute() {
        return Permissions.ATTRIBUTES.length - 1;
    }

    private Slice qualified(int c) {
        text.sink(sink);
        sink.put(tree.namespace(c, namespace)).put(' ').put(tree.localName(c, name));
        if (!text.take(sink)) {
            text.clear();
        }
        return text.slice(value);
    }

    /** The basic status always; what else stands there as attributes of the service do. */
    private void status(int status, ByteSink out) {
        begin(status, out);
        for (int c = firstElement(status); c != XmlTree.NONE; c = following(c)) {
            if (is(c, PIDF, BASIC) || isShown(c)) {
                copy(c, out);
            }
        }
        end(status, out);
    }

    /** Section 3.3.2.12. */
    private void userInput(int c, ByteSink out) {
        int most = permissions.userInput();
        if (most == Permissions.NO_INPUT) {
            return;
        }
        if (most == Permissions.FULL_INPUT) {
            copy(c, out);
            return;
        }
        byte[] b = tree.buffer();
        out.put('<').put(b, tree.nameAt(c), tree.nameLength(c));
        for (int a = tree.firstAttribute(c); a != XmlTree.NONE; a = tree.next(a)) {
            boolean threshold = tree.localName(a, name).equals(IDLE_THRESHOLD);
            boolean since = name.equals(LAST_INPUT) || name.equals(SINCE);
            boolean shown = tree.kind(a) == XmlTree.NAMESPACE || (most == Permissions.BARE_INPUT ? !threshold && !since : threshold);
            if (shown) {
                out.put(b, tree.from(a), tree.to(a) - tree.from(a));
            }
        }
        out.put(b, tree.valueFrom(c) - 1 - (tree.isEmpty(c) ? 1 : 0), tree.to(c) - tree.valueFrom(c) + 1 + (tree.isEmpty(c) ? 1 : 0));
    }

    private void copy(int node, ByteSink out) {
        out.put(tree.buffer(), tree.from(node), tree.to(node) - tree.from(node));
    }

    /** Writes the start tag of an element with all its attributes. */
    private void begin(int element, ByteSink out) {
        byte[] b = tree.buffer();
        out.put('<').put(b, tree.nameAt(element), tree.nameLength(element));
        for (int a = tree.firstAttribute(element); a != XmlTree.NONE; a = tree.next(a)) {
            out.put(b, tree.from(a), tree.to(a) - tree.from(a));
        }
        out.put('>');
    }

    private void end(int element, ByteSink out) {
        byte[] b = tree.buffer();
        out.put('<').put('/').put(b, tree.nameAt(element), tree.nameLength(element)).put('>');
    }
}
