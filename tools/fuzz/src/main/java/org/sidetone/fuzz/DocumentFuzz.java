package org.sidetone.fuzz;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.conference.ConferenceReader;
import org.sidetone.doc.dialoginfo.DialogInfoReader;
import org.sidetone.doc.lists.BookList;
import org.sidetone.doc.lists.People;
import org.sidetone.doc.pidf.PidfReader;
import org.sidetone.doc.pidf.PidfWriter;
import org.sidetone.doc.pidf.Presence;
import org.sidetone.doc.summary.MessageSummary;
import org.sidetone.doc.vcard.VCard;
import org.sidetone.event.dialog.DialogTable;

/** Presence documents, dialog and conference information, message summaries, cards: what is read of a presence document and written again can be read again. */
public final class DocumentFuzz {
    private static final PidfReader PIDF = new PidfReader(16, 4096);
    private static final PidfWriter WRITER = new PidfWriter();
    private static final Presence PRESENCE = new Presence();
    private static final DialogInfoReader DIALOGS = new DialogInfoReader();
    private static final DialogTable TABLE = new DialogTable();
    private static final MessageSummary SUMMARY = new MessageSummary();
    private static final BookList BOOK = new BookList();
    private static final ConferenceReader CONFERENCE = new ConferenceReader();
    private static final VCard CARD = new VCard();
    private static final byte[] OUT = new byte[65536];
    private static final ByteSink SINK = new ByteSink();

    private DocumentFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Slice text = new Slice().wrap(data);
        if (PIDF.read(text) == PidfReader.GOOD && !PIDF.document().isTruncated()) {
            PRESENCE.take(PIDF.document(), 1_700_000_000L);
            SINK.wrap(OUT);
            WRITER.write(PIDF.document(), SINK);
            MessageFuzz.check(SINK.overflowed() || PIDF.read(new Slice().wrap(OUT, 0, SINK.length())) == PidfReader.GOOD, "what was written cannot be read");
        }
        int[] people = new int[1];
        CONFERENCE.read(text, new ConferenceReader.User() {
            @Override
            public void onParticipants(boolean all) {
                people[0] = 0;
            }

            @Override
            public void onParticipant(Slice address, Slice displayed, boolean gone) {
                people[0]++;
            }
        });
        BOOK.read(text, DocumentFuzz::bookEntry);
        if (CARD.wrap(text)) {
            SINK.wrap(OUT);
            CARD.put(VCard.NAME, 0, SINK);
            CARD.put(VCard.MESSAGING, 2, SINK);
        }
        TABLE.clear();
        TABLE.take(text, DIALOGS);
        TABLE.foremost();
        if (SUMMARY.read(text)) {
            SINK.wrap(OUT);
            SUMMARY.write(SINK);
            MessageFuzz.check(SUMMARY.read(new Slice().wrap(OUT, 0, SINK.length())), "a summary that was written cannot be read");
        }
    }

    /** Whoever is read from a book can be written into one, and is the same then. */
    private static void bookEntry(Slice uri, Slice name) {
        People one = new People() {
            @Override
            public int count() {
                return 1;
            }

            @Override
            public Slice address(int index, Slice out) {
                return out.set(uri);
            }

            @Override
            public Slice name(int index, Slice out) {
                return out.set(name);
            }
        };
        byte[] room = new byte[8192];
        ByteSink sink = new ByteSink().wrap(room);
        new BookList().write(one, sink);
        int[] read = new int[1];
        int verdict = new BookList().read(sink.slice(new Slice()), (again, nameAgain) -> read[0] += again.equals(uri) && nameAgain.equals(name) ? 1 : 0);
        MessageFuzz.check(sink.overflowed() || verdict == BookList.GOOD && read[0] == 1, "an entry that was written is read differently");
    }
}
