package org.sidetone.sip.dialog;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.sip.CSeqView;
import org.sidetone.sip.Header;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;

/** State of one dialog (RFC 3261 section 12). What does not fit refuses the dialog; nothing is cut. */
public final class Dialog {
    /** In order: a request that may be processed. */
    public static final int IN_ORDER = 0;
    /** CSeq not above the last one: 500 (section 12.2.2). */
    public static final int OUT_OF_ORDER = 1;

    private static final byte[] SIPS = Ascii.bytes("sips:");
    private static final int ID_BYTES = 128;
    private static final int URI_BYTES = 224;
    private static final int ROUTE_BYTES = 320;

    public final FixedText callId = new FixedText(ID_BYTES);
    public final FixedText localTag = new FixedText(48);
    public final FixedText remoteTag = new FixedText(ID_BYTES);
    /** URI alone, without brackets. */
    public final FixedText localUri = new FixedText(URI_BYTES);
    public final FixedText remoteUri = new FixedText(URI_BYTES);
    /** Request-URI of our next request. */
    public final FixedText remoteTarget = new FixedText(URI_BYTES);
    /** The stream that the other side opened and asked for this dialog on, with nobody between: requests to it go back there (RFC 5626
     *  section 4.3, the other way round). Not set: by {@link #remoteTarget}. */
    public final Flow flow = new Flow();
    /** Value of our Route header; empty when there is none. */
    public final FixedText routeSet = new FixedText(ROUTE_BYTES);

    /** Whether the other side asked for it by a sips URI. */
    private boolean secure;
    private long localSequence;
    private long remoteSequence = -1;
    private final NameAddrView address;
    private final CSeqView cseq;
    private final Slice slice;
    private final ByteSink sink;

    /** What dialogs read messages with: one for all of a stack, since there are hundreds of dialogs. Nothing stays in it between two calls. */
    public static final class Views {
        private final NameAddrView address = new NameAddrView();
        private final CSeqView cseq = new CSeqView();
        private final Slice slice = new Slice();
        private final ByteSink sink = new ByteSink();
    }

    public Dialog(Views views) {
        address = views.address;
        cseq = views.cseq;
        slice = views.slice;
        sink = views.sink;
    }

    public void clear() {
        callId.clear();
        localTag.clear();
        remoteTag.clear();
        localUri.clear();
        remoteUri.clear();
        remoteTarget.clear();
        routeSet.clear();
        flow.clear();
        secure = false;
        localSequence = 0;
        remoteSequence = -1;
    }

    /** Whether the other side's tag is known. */
    public boolean isEstablished() {
        return !remoteTag.isEmpty();
    }

    public long nextSequence() {
        return ++localSequence;
    }

    public long localSequence() {
        return localSequence;
    }

    public void setSequences(long local, long remote) {
        localSequence = local;
        remoteSequence = remote;
    }

    public long remoteSequence() {
        return remoteSequence;
    }

    /** Becomes a dialog beside another of the same request of ours: the same half, the other side's still unknown. */
    public void startBeside(Dialog other) {
        clear();
        callId.set(other.callId);
        localTag.set(other.localTag);
        localUri.set(other.localUri);
        remoteUri.set(other.remoteUri);
        localSequence = other.localSequence;
    }

    /** The other side is not known any more: the request is made again. */
    public void forgetRemote() {
        remoteTag.clear();
        routeSet.clear();
        remoteSequence = -1;
    }

    /** Takes identity and target from a 2xx to our request (section 12.1.2). @return false when something does not fit */
    public boolean establishFromResponse(SipMessage response) {
        if (!response.address(Header.TO, 0, address) || !address.tag(slice) || !remoteTag.set(slice)) {
            return false;
        }
        return takeRoutes(response, true) && refreshTarget(response);
    }

    /** Takes identity, target and routes from a request that we accept (section 12.1.1); the local tag is the caller's to set. */
    public boolean establishFromRequest(SipMessage request) {
        boolean fits = request.value(Header.CALL_ID, slice) && callId.set(slice) && request.address(Header.FROM, 0, address)
                && remoteUri.set(address.uri());
        remoteTag.clear();
        if (fits && address.tag(slice)) {
            fits = remoteTag.set(slice);
        }
        fits = fits && request.address(Header.TO, 0, address) && localUri.set(address.uri());
        fits = fits && takeRoutes(request, false) && refreshTarget(request) && accept(request) == IN_ORDER;
        request.requestUri(slice);
        secure = startsWithSips(slice.buffer(), slice.offset(), slice.limit());
        return fits;
    }

    /** A NOTIFY that came before the response to our SUBSCRIBE makes the dialog (RFC 6665 section 4.4.1). */
    public boolean establishFromNotify(SipMessage notify) {
        return notify.address(Header.FROM, 0, address) && address.tag(slice) && remoteTag.set(slice)
                && takeRoutes(notify, false) && refreshTarget(notify) && accept(notify) == IN_ORDER;
    }

    /** Remembers the stream that a dialog's first request came by, unless a proxy stands between. */
    public void takeFlow(SipMessage request, Flow source) {
        flow.clear();
        if (source.isReliable() && !request.element(Header.VIA, 1, slice) && !request.has(Header.RECORD_ROUTE)) {
            flow.set(source);
        }
    }

    /** Whether requests and Contacts of ours within it have to be sips (section 12.2.1.1). */
    public boolean isSecure() {
        return secure || startsWithSips(remoteTarget.bytes(), 0, remoteTarget.length())
                || !routeSet.isEmpty() && startsWithSips(routeSet.bytes(), 1, routeSet.length());
    }

    private static boolean startsWithSips(byte[] b, int at, int limit) {
        return Ascii.startsWithIgnoreCase(b, at, limit, SIPS);
    }

    private boolean takeRoutes(SipMessage m, boolean reversed) {
        int count = 0;
        while (m.element(Header.RECORD_ROUTE, count, slice)) {
            count++;
        }
        routeSet.sink(sink);
        for (int i = 0; i < count; i++) {
            m.element(Header.RECORD_ROUTE, reversed ? count - 1 - i : i, slice);
            if (i > 0) {
                sink.put(',').put(' ');
            }
            sink.put(slice);
        }
        return routeSet.take(sink);
    }

    /** Takes the Contact over as target, where there is one (section 12.2.1.2). */
    public boolean refreshTarget(SipMessage m) {
        return !m.address(Header.CONTACT, 0, address) || address.isStar() || remoteTarget.set(address.uri());
    }

    /** Checks and takes the CSeq of a request within the dialog. */
    public int accept(SipMessage request) {
        if (!request.cseq(cseq) || cseq.number() <= remoteSequence) {
            return OUT_OF_ORDER;
        }
        remoteSequence = cseq.number();
        return IN_ORDER;
    }

    /** Whether a request belongs here: Call-ID, To tag ours, From tag theirs. */
    public boolean matches(SipMessage request) {
        return matchesLocal(request) && request.address(Header.FROM, 0, address) && address.tag(slice) && remoteTag.equals(slice);
    }

    /** Whether Call-ID and To tag are ours, whoever sent it. */
    public boolean matchesLocal(SipMessage request) {
        return request.value(Header.CALL_ID, slice) && callId.equals(slice)
                && request.address(Header.TO, 0, address) && address.tag(slice) && localTag.equals(slice);
    }
}
