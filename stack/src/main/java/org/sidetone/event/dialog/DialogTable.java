package org.sidetone.event.dialog;

import org.sidetone.bytes.Slice;
import org.sidetone.doc.dialoginfo.DialogInfo;
import org.sidetone.doc.dialoginfo.DialogInfoReader;

/**
 * The dialogs of one user as one notifier tells of them, RFC 4235 section 4.3:
 * <pre>
 *   version of the document      full                        partial
 *   the first                    taken                       taken; asks for the full state
 *   one above the last           taken                       taken
 *   further above                taken                       taken; asks for the full state
 *   the last again               taken                       left
 *   below                        left                        left
 * </pre>
 * More dialogs than there are rows are not remembered; those that came further push out those that came less far.
 */
public final class DialogTable implements DialogInfoReader.User {
    private static final int ROWS = 6;
    private static final int NONE = -1;

    private final DialogInfo[] rows = new DialogInfo[ROWS];
    private int count;
    private long version = NONE;
    private boolean gap;

    public DialogTable() {
        for (int i = 0; i < ROWS; i++) {
            rows[i] = new DialogInfo();
        }
    }

    /** Forgets everything: another subscription begins. */
    public void clear() {
        count = 0;
        version = NONE;
        gap = false;
    }

    /** The next document is of a new subscription, whose versions start anew; until then what is known stands. */
    public void beginAnew() {
        version = NONE;
    }

    /** Takes a document over. @return what {@link DialogInfoReader#read} says; after a refusal nothing is known any more */
    public int take(Slice document, DialogInfoReader reader) {
        int result = reader.read(document, this);
        if (result != DialogInfoReader.GOOD) {
            clear();
            gap = true;
        }
        return result;
    }

    @Override
    public boolean onDocument(long newVersion, boolean full) {
        if (newVersion < version || newVersion == version && !full) {
            return false;
        }
        gap = full ? false : gap || version == NONE || newVersion != version + 1;
        version = newVersion;
        if (full) {
            count = 0;
        }
        return true;
    }

    @Override
    public void onDialog(DialogInfo dialog) {
        int at = 0;
        while (at < count && !rows[at].id.equals(dialog.id)) {
            at++;
        }
        if (dialog.state == DialogInfo.TERMINATED) {
            remove(at);
            return;
        }
        if (at == count) {
            at = count < ROWS ? count++ : leastBelow(dialog.state);
            if (at == NONE) {
                return;
            }
            rows[at].clear();
        }
        rows[at].update(dialog);
    }

    private void remove(int at) {
        if (at < count) {
            DialogInfo over = rows[at];
            rows[at] = rows[--count];
            rows[count] = over;
        }
    }

    private int leastBelow(int state) {
        int least = NONE;
        for (int i = 0; i < count; i++) {
            if (rows[i].state < state && (least == NONE || rows[i].state < rows[least].state)) {
                least = i;
            }
        }
        return least;
    }

    /** Whether something was missed, so that the full state has to be asked for by a refresh. */
    public boolean hasGap() {
        return gap;
    }

    /** The dialog that says most of what the user does: a talk before a held call before a ringing one. Null when there is none. */
    public DialogInfo foremost() {
        DialogInfo best = null;
        for (int i = 0; i < count; i++) {
            best = best == null || rank(rows[i]) > rank(best) ? rows[i] : best;
        }
        return best;
    }

    /** The higher, the more it says of what the user does. */
    public static int rank(DialogInfo d) {
        return d.state == DialogInfo.CONFIRMED && !d.held ? 2 * d.state + 1 : 2 * d.state;
    }

    /** Whether a call comes in and is not answered yet. */
    public boolean isRinging() {
        for (int i = 0; i < count; i++) {
            if (rows[i].state == DialogInfo.EARLY && rows[i].direction != DialogInfo.INITIATOR) {
                return true;
            }
        }
        return false;
    }

    public int count() {
        return count;
    }
}
