package org.sidetone.fuzz;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.conference.ConferenceReader;
import org.sidetone.doc.dialoginfo.DialogInfoReader;
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
}
