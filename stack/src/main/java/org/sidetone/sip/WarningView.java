package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.Grammar;

/** View of one Warning, {@code warn-code SP warn-agent SP quoted-string} (RFC 3261 section 20.43). */
public final class WarningView {
    private final Slice agent = new Slice();
    private final Slice text = new Slice();
    private int code;

    /** @return false when malformed; the view then says nothing */
    public boolean wrap(Slice element) {
        byte[] b = element.buffer();
        int limit = element.limit();
        int codeEnd = Ascii.endOfDigits(b, element.offset(), limit);
        int agentStart = Ascii.skipLws(b, codeEnd, limit);
        int agentEnd = agentStart;
        while (agentEnd < limit && b[agentEnd] > ' ' && b[agentEnd] != '"') {
            agentEnd++;
        }
        int quote = Ascii.skipLws(b, agentEnd, limit);
        boolean good = codeEnd - element.offset() == 3 && agentStart > codeEnd && agentEnd > agentStart && quote > agentEnd
                && Grammar.endOfQuotedString(b, quote, limit) == limit;
        code = good ? (int) Ascii.decimal(b, element.offset(), codeEnd, 999) : 0;
        agent.wrap(b, agentStart, good ? agentEnd - agentStart : 0);
        text.wrap(b, quote, good ? limit - quote : 0);
        return good;
    }

    /** 300 to 399 where the RFC names a meaning. */
    public int code() {
        return code;
    }

    /** Host or pseudonym of who warns. */
    public Slice agent() {
        return agent;
    }

    /** With its quotes. */
    public Slice text() {
        return text;
    }
}
