package org.sidetone.bench.policy;

import java.nio.charset.StandardCharsets;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.policy.Permissions;
import org.sidetone.doc.policy.PrivacyFilter;
import org.sidetone.doc.policy.RuleSet;

/** Ours. */
final class OwnEngine implements PolicyMain.Engine {
    private final Slice rules = new Slice().wrap(Rules.ruleSet());
    private final Slice document = new Slice().wrap(Rules.document());
    private final Slice[] watchers = new Slice[Rules.WATCHERS];
    private final Slice noSphere = new Slice();
    private final RuleSet ruleSet = new RuleSet();
    private final Permissions permissions = new Permissions();
    private final PrivacyFilter filter = new PrivacyFilter(400);
    private final byte[] shown = new byte[8192];
    private final ByteSink sink = new ByteSink();

    OwnEngine() {
        for (int i = 0; i < watchers.length; i++) {
            watchers[i] = new Slice().wrap(Rules.watcher(i).getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public long show(int watcher) {
        ruleSet.decide(rules, watchers[watcher], noSphere, 0, permissions);
        sink.wrap(shown);
        if (permissions.handling() == Permissions.ALLOW) {
            filter.apply(permissions, document, sink);
        }
        long elements = 0;
        for (int i = 0; i + 1 < sink.length(); i++) {
            elements += shown[i] == '<' && shown[i + 1] != '/' ? 1 : 0;
        }
        return 1_000_000L * permissions.handling() + elements;
    }
}
