package org.sidetone.switchboard.xcap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.DigestServer;
import org.sidetone.switchboard.store.Store;

/** Between the threads of HTTP, which bring requests, and the exchange's one thread, which asks who they come from, handles them, and answers when a change is on the medium. */
public final class XcapDoor {
    /** A request that waits for its answer. @param target the request's, as it was sent. @param authorization null: none */
    public record Call(String target, String authorization, XcapRequest request, CompletableFuture<Answer> answer) {
    }

    /** @param challenges values of WWW-Authenticate. @param info value of Authentication-Info; null: none */
    public record Answer(XcapAnswer xcap, List<String> challenges, String info) {
    }

    private record Pending(long ticket, Call call, Answer answer) {
    }

    private static final int MOST_WAITING = 256;

    private final XcapServer server;
    private final DigestServer digest;
    private final int[] algorithms;
    private final BlockingQueue<Call> calls = new ArrayBlockingQueue<>(MOST_WAITING);
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final ByteSink sink = new ByteSink();
    private final byte[] scratch = new byte[1024];

    /** @param algorithms of challenges, in their order */
    public XcapDoor(XcapServer server, DigestServer digest, int[] algorithms) {
        this.server = server;
        this.digest = digest;
        this.algorithms = algorithms.clone();
    }

    /** From any thread. @return false: too many wait already */
    public boolean offer(Call call) {
        return calls.offer(call);
    }

    /** Handles what came. */
    public int doWork(long nowMs) {
        int work = 0;
        for (Call call = calls.poll(); call != null; call = calls.poll()) {
            handle(call, nowMs);
            work++;
        }
        return work;
    }

    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private void handle(Call call, long nowMs) {
        XcapRequest request = call.request();
        int verdict = call.authorization() == null ? DigestServer.MISSING : digest.check(slice(call.authorization()), request.method().getBytes(StandardCharsets.US_ASCII),
                slice(call.target()), new Slice().wrap(request.body()), nowMs);
        if (verdict == DigestServer.MALFORMED) {
            call.answer().complete(new Answer(XcapAnswer.refused(400, "These credentials cannot be read"), List.of(), null));
            return;
        }
        if (verdict != DigestServer.GOOD) {
            List<String> challenges = new ArrayList<>();
            for (int algorithm : algorithms) {
                digest.putChallenge(algorithm, verdict == DigestServer.STALE, nowMs, sink.wrap(scratch));
                challenges.add(sink.slice(new Slice()).toString());
            }
            call.answer().complete(new Answer(XcapAnswer.refused(401, "Who are you?"), challenges, null));
            return;
        }
        String user = digest.authenticated().toString();
        String info = digest.putInfo(sink.wrap(scratch)) ? sink.slice(new Slice()).toString() : null;
        Answer answer = new Answer(server.handle(new XcapRequest(request.method(), request.target(), request.contentType(), request.ifMatch(), request.ifNoneMatch(),
                request.body(), user)), List.of(), info);
        if (server.ticket() == Store.NONE) {
            call.answer().complete(answer);
        } else {
            pending.add(new Pending(server.ticket(), call, answer));
        }
    }

    /** A write of the store ended. */
    public void onCompleted(long ticket, boolean good) {
        while (!pending.isEmpty() && pending.peek().ticket() <= ticket) {
            Pending p = pending.poll();
            p.call().answer().complete(good ? p.answer() : new Answer(XcapAnswer.refused(500, "The change could not be kept: is the disk full?"), List.of(), null));
        }
    }
}
