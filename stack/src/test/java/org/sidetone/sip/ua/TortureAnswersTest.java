package org.sidetone.sip.ua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sidetone.Bench;
import org.sidetone.Vectors;
import org.sidetone.bytes.FixedText;
import org.sidetone.port.Flow;
import org.sidetone.sip.Method;
import org.sidetone.sip.proxy.Proxy;
import org.sidetone.sip.register.Registrar;
import org.sidetone.sip.transaction.ServerTransaction;

/** What RFC 4475 wants answered by an endpoint, a registrar or a proxy to messages that can be read. */
class TortureAnswersTest {
    private final Bench bench = new Bench();
    private final FixedText someone = new FixedText(64);

    private String answer(String file) throws IOException {
        byte[] b = Vectors.bytes("sip/torture-4475/" + file);
        bench.transport.onDatagram(new Flow().setIpv4(Flow.UDP, 0xC0000202, 5060), b, 0, b.length, bench.nowMs);
        return bench.sent.isEmpty() ? "silence" : bench.take();
    }

    private static String status(String message) {
        return message.startsWith("SIP/2.0 ") ? message.substring(8, 11) : message;
    }

    /** Without Call-ID, From and To there is nothing to answer by (insuf). An unknown method gets 405, as RFC 3261 section 8.2.1 asks of what is not supported; RFC 4475 would have 501. */
    @ParameterizedTest
    @CsvSource({"unkscm.dat,416", "novelsc.dat,416", "bext01.dat,420", "intmeth.dat,405", "esc02.dat,405", "regaut01.dat,405", "multi01.dat,400",
        "mcl01.dat,400", "insuf.dat,silence", "badvers.dat,505", "mismatch01.dat,400", "bigcode.dat,silence", "scalarlg.dat,silence", "noreason.dat,silence"})
    void anEndpoint(String file, String expected) throws IOException {
        bench.agent.handle(Method.INVITE, (request, transaction, nowMs) -> transaction.reply(488, nowMs));
        assertEquals(expected, status(answer(file)));
    }

    private String register(String file) throws IOException {
        bench.capacity.bindings = 4;
        someone.set("sip:someone@example.test");
        Registrar registrar = new Registrar(bench.agent, (binding, nowMs) -> { }, bench.capacity, 1, 3600);
        bench.agent.handle(Method.REGISTER, (request, transaction, nowMs) -> registrar.onRegister(request, someone, transaction, nowMs));
        return answer(file);
    }

    @Test
    void aZeroInAUserPartDoesNotCutIt() throws IOException {
        String ok = register("escnull.dat");
        assertEquals("200", status(ok));
        assertTrue(ok.contains("<sip:%00@host5.example.com>") && ok.contains("<sip:%00%00@host5.example.com>"), ok);
    }

    @Test
    void aContactsOwnParameterIsNotTheUris() throws IOException {
        String ok = register("cparam01.dat");
        assertEquals("200", status(ok));
        assertFalse(ok.contains("unknownparam"), ok);
    }

    @Test
    void aUrisParameterComesBack() throws IOException {
        String ok = register("cparam02.dat");
        assertEquals("200", status(ok));
        assertTrue(ok.contains(";unknownparam>"), ok);
    }

    @Test
    void anEscapedHeaderInAContactIsKept() throws IOException {
        String ok = register("regescrt.dat");
        assertEquals("200", status(ok));
        assertTrue(ok.contains("?Route=%3Csip:sip.example.com%3E>"), ok);
    }

    @Test
    void whatFollowsARegisterInItsDatagramIsNoRequest() throws IOException {
        assertEquals("200", status(register("dblreq.dat")));
        assertTrue(bench.sent.isEmpty());
        assertEquals(1, bench.transactions.serversInUse());
    }

    @Test
    void withoutAnyHopLeftAProxyRefuses() throws IOException {
        bench.capacity.proxied = 1;
        Proxy proxy = new Proxy(bench.agent, bench.capacity, "example.test");
        bench.transactions.setUser(new org.sidetone.sip.transaction.TransactionUser() {
            @Override
            public void onRequest(org.sidetone.sip.SipMessage request, ServerTransaction transaction, long nowMs) {
                assertFalse(proxy.accepts(request, transaction, nowMs));
            }

            @Override
            public boolean onAck(org.sidetone.sip.SipMessage ack, Flow source, long nowMs) {
                return false;
            }

            @Override
            public void onConnectionLost(int connection, long nowMs) {
                // there is none
            }

            @Override
            public boolean onResponseUnsent(ServerTransaction transaction, long nowMs) {
                throw new AssertionError("it could be sent");
            }
        });
        assertEquals("483", status(answer("zeromf.dat")));
    }
}
