package org.sidetone.firmware.files;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.chat.FileTransfer;
import org.sidetone.chat.FileUser;

/** One file that came, or went: what it is, with whom, and how it fares. */
public final class FileEntry {
    /** Never used. */
    public static final int EMPTY = 0;
    /** Somebody offers it. */
    public static final int OFFERED = 1;
    public static final int COMING = 2;
    /** All of it is there and on its way to the medium. */
    public static final int STORING = 3;
    public static final int KEPT = 4;
    public static final int GOING = 5;
    public static final int SENT = 6;
    public static final int FAILED = 7;

    private static final String[] NAMES = {"", "offered", "coming", "storing", "kept", "going", "sent", "failed"};

    final int slot;
    public final FixedText name = new FixedText(64);
    public final FixedText type = new FixedText(64);
    public final FixedText peer = new FixedText(160);
    int account;
    int state = EMPTY;
    int status;
    int size;
    long dateSec;
    long order;
    /** Null where nothing passes. */
    FileTransfer transfer;

    FileEntry(int slot) {
        this.slot = slot;
    }

    public int state() {
        return state;
    }

    public static String stateName(int state) {
        return NAMES[state];
    }

    public int account() {
        return account;
    }

    /** Octets. */
    public int size() {
        return size;
    }

    /** Seconds since 1970, negative: not known. */
    public long dateSec() {
        return dateSec;
    }

    /** Whether it came from {@link #peer}; else it went there. */
    public boolean isIncoming() {
        return state <= KEPT || state == FAILED && incoming;
    }

    boolean incoming;

    boolean isBusy() {
        return state == OFFERED || state == COMING || state == STORING || state == GOING;
    }

    /** The state in words, of one that passes how much of it did. */
    public ByteSink putState(ByteSink out) {
        switch (state) {
            case COMING: case GOING:
                out.put(state == COMING ? "coming " : "sending ");
                return out.putDecimal(transfer == null || size == 0 ? 0 : 100 * transfer.passed() / size).put('%');
            case SENT:
                return out.put(status == FileUser.SENT ? "sent, not confirmed" : "arrived");
            case FAILED:
                return out.put(failure());
            case KEPT:
                return out;
            default:
                return out.put(NAMES[state]);
        }
    }

    private String failure() {
        switch (status) {
            case 404: return "failed: unknown address";
            case 408: case 480: return "failed: no answer";
            case 413: return "failed: too large there";
            case FileUser.DAMAGED: return "failed: damaged on the way";
            case 486: case 600: return "failed: busy";
            case FileUser.BROKEN_OFF: return "broken off";
            case 488: case 415: return "failed: no files there";
            case 503: return "failed: no connection";
            case 603: return "declined";
            default: return "failed";
        }
    }
}
