package org.sidetone.fuzz;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.policy.Permissions;
import org.sidetone.doc.policy.PrivacyFilter;
import org.sidetone.doc.policy.RuleSet;
import org.sidetone.xml.tree.XmlTree;

/** A rule set and a presence document that is shown by it, a NUL between. What is shown is well-formed, and no rule set that breaks off permits anything. */
public final class RulesFuzz {
    private static final RuleSet RULES = new RuleSet();
    private static final Permissions PERMISSIONS = new Permissions();
    private static final PrivacyFilter FILTER = new PrivacyFilter(300);
    private static final XmlTree RESULT = new XmlTree(300);
    private static final Slice WATCHER = new Slice().wrap(Ascii.bytes("sip:alice@example.com"));
    private static final Slice SPHERE = new Slice().wrap(Ascii.bytes("work"));
    private static final long SOME_TIME_SEC = 1_072_282_500;
    private static final byte[] OUT = new byte[8192];
    private static final ByteSink SINK = new ByteSink();

    private RulesFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] data) {
        int middle = Ascii.indexOf(data, 0, data.length, 0);
        Slice rules = new Slice().wrap(data, 0, middle);
        Slice document = new Slice().wrap(data, Math.min(data.length, middle + 1), Math.max(0, data.length - middle - 1));
        int verdict = RULES.check(rules);
        RULES.decide(rules, WATCHER, SPHERE, SOME_TIME_SEC, PERMISSIONS);
        MessageFuzz.check(verdict == RuleSet.GOOD || verdict == RuleSet.INVALID || PERMISSIONS.handling() == Permissions.BLOCK, "what cannot be read permits something");
        SINK.wrap(OUT);
        if (FILTER.apply(PERMISSIONS, document, SINK) && !SINK.overflowed()) {
            MessageFuzz.check(RESULT.read(new Slice().wrap(OUT, 0, SINK.length())) == XmlTree.GOOD, "what is shown is no document");
        }
    }
}
