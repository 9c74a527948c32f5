package org.sidetone.sip.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.port.Flow;
import org.sidetone.sip.ua.Account;

/** Two accounts on one phone, each with its own server, secret and state; one of them reached over IPv6. */
class TwoAccountsTest {
    private final Bench bench = new Bench();
    private final List<String> told = new ArrayList<>();

    @Test
    void eachRegistersByItselfAndHearsOfItself() {
        Account other = bench.agent.account(1);
        other.address.set("sip:carol@example.org");
        other.contactUser.set("carol");
        other.credentials.username.set("carol");
        other.credentials.password.set("other-secret");
        other.registrar.set("sip:example.org");
        other.serverUri.set("sip:[2001:db8::5]:5070;transport=tcp");
        Registration first = new Registration(bench.agent, bench.account, (r, state, status, nowMs) -> told.add("alice " + state));
        Registration second = new Registration(bench.agent, other, (r, state, status, nowMs) -> told.add("carol " + state));
        first.start(600, 0);
        String one = bench.take();
        assertEquals(Flow.UDP, bench.lastFlow.transport());
        second.start(600, 0);
        String two = bench.take();
        assertEquals(Flow.TCP, bench.lastFlow.transport());
        assertEquals(5070, bench.lastFlow.port());
        assertFalse(bench.lastFlow.isIpv4());
        assertTrue(two.startsWith("REGISTER sip:example.org SIP/2.0\r\n") && Bench.header(two, "Via").startsWith("SIP/2.0/TCP "), two);
        String challenge = "WWW-Authenticate: Digest realm=\"%s\", nonce=\"n\", qop=\"auth\"\r\n";
        bench.answer(two, "401 Unauthorized", String.format(challenge, "example.org"));
        String again = bench.take();
        assertTrue(Bench.header(again, "Authorization").contains("username=\"carol\", realm=\"example.org\""), again);
        bench.answer(again, "200 OK", "Contact: <sip:carol@192.0.2.1:5060;transport=tcp>;expires=600\r\n");
        assertEquals(List.of("carol " + Registration.REGISTERED), told);
        assertEquals(Registration.REGISTERING, first.state());
        bench.answer(one, "403 Forbidden", "");
        assertEquals(List.of("carol " + Registration.REGISTERED, "alice " + Registration.WAITING), told);
        assertEquals(Registration.REGISTERED, second.state());
    }
}
