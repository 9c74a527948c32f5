package org.sidetone.firmware.presence;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.policy.OwnersRules;
import org.sidetone.doc.policy.RuleSet;
import org.sidetone.xcap.XcapClient;
import org.sidetone.xcap.XcapDocument;
import org.sidetone.xcap.XcapEdit;

/**
 * The owner's rules on the XCAP server, where the presence server goes by them: what is decided on the phone is put there, what was decided elsewhere is learnt. Rules that
 * somebody else made stay. A decision made while the server is away is put there when it is back; it is remembered over a reboot.
 */
public final class ServerRules implements XcapDocument.Owner, OwnersRules.Reader {
    /** Told how it goes. */
    public interface User {
        void onRulesPut(long nowMs);

        /** @param why in words */
        void onRulesRefused(int status, FixedText why, long nowMs);
    }

    private static final byte[] AUID = Ascii.bytes("pres-rules");
    /** Rules of others that there is room for beside ours. */
    private static final int BYTES_OF_OTHERS = 4096;

    private final Watchers watchers;
    private final OwnRules own;
    private final User user;
    private final OwnersRules rules = new OwnersRules();
    private final XcapDocument document;
    /** Whether what is being read is everything that counts, or there is something newer here. */
    private boolean everything;
    private final Slice nothing = new Slice();

    public ServerRules(XcapClient client, Watchers watchers, OwnRules own, User user) {
        this.watchers = watchers;
        this.own = own;
        this.user = user;
        document = new XcapDocument(client, AUID, RuleSet.CONTENT_TYPE, OwnRules.MOST_BYTES + BYTES_OF_OTHERS, this);
    }

    /** Octets of a document at most. */
    public static int bytes() {
        return OwnRules.MOST_BYTES + BYTES_OF_OTHERS;
    }

    /** Looks what is decided on the server; what was decided here meanwhile is put there. */
    public void look(long nowMs) {
        if (watchers.isUnsaid()) {
            document.change(nowMs);
        } else {
            document.look(nowMs);
        }
    }

    /** The owner decided. */
    public void decided(long nowMs) {
        if (watchers.isUnsaid()) {
            document.change(nowMs);
        }
    }

    @Override
    public void onDocument(Slice content, long nowMs) {
        if (content.isEmpty()) {
            document.change(nowMs);                          // from now on the owner is asked about everybody
            return;
        }
        everything = !watchers.isUnsaid();
        if (everything) {
            watchers.forgetDecisions();
        }
        rules.read(content, this);
        watchers.setOtherRules(rules.others());
        watchers.learnt(nowMs);
    }

    @Override
    public void onPerson(Slice address, int handling) {
        watchers.learn(address, OwnRules.decisionOf(handling), everything);
    }

    @Override
    public boolean write(Slice before, XcapEdit edit) {
        return rules.write(own, before, edit.document()) || !before.isEmpty() && writeAnew(edit);
    }

    /** What is there cannot be read: the rules of ours alone. */
    private boolean writeAnew(XcapEdit edit) {
        edit.clear();
        return rules.write(own, nothing, edit.document());
    }

    @Override
    public boolean part(XcapEdit steps) {
        return false;
    }

    @Override
    public void onPut(long nowMs) {
        watchers.said();
        user.onRulesPut(nowMs);
    }

    @Override
    public void onRefused(int status, FixedText why, long nowMs) {
        user.onRulesRefused(status, why, nowMs);
    }
}
