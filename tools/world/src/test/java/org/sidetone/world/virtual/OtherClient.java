package org.sidetone.world.virtual;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestClient;
import org.sidetone.digest.DigestFunction;
import org.sidetone.hal.bind.DigestsHash;
import org.sidetone.hal.crypto.BouncyDigests;
import org.sidetone.switchboard.xcap.XcapAnswer;
import org.sidetone.switchboard.xcap.XcapDoor;
import org.sidetone.switchboard.xcap.XcapRequest;

/** Another client of alice's, who asks the office's XCAP server past its HTTP. */
final class OtherClient {
    private static final String ROOT = "/xcap-root";

    private OtherClient() {
    }

    /** @param body null: none */
    static XcapAnswer ask(VirtualOffice office, String method, String target, String type, String body) {
        DigestClient digest = new DigestClient(new DigestFunction(new DigestsHash(new BouncyDigests())), () -> 7);
        Credentials who = new Credentials();
        who.username.set("alice");
        who.password.set("secret-alice");
        String authorization = null;
        for (int i = 0; i < 2; i++) {
            CompletableFuture<XcapDoor.Answer> future = new CompletableFuture<>();
            byte[] content = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
            office.exchange.xcap().offer(new XcapDoor.Call(ROOT + target, authorization, new XcapRequest(method, target, type, null, null, content, null), future));
            office.exchange.doWork(office.world.nowMs());
            office.exchange.doWork(office.world.nowMs());
            XcapDoor.Answer answer = future.getNow(null);
            if (answer.challenges().isEmpty()) {
                return answer.xcap();
            }
            digest.challenge(new Slice().wrap(answer.challenges().get(0).getBytes(StandardCharsets.UTF_8)));
            ByteSink sink = new ByteSink().wrap(new byte[1000]);
            digest.putCredentials(who, method.getBytes(StandardCharsets.UTF_8), new Slice().wrap((ROOT + target).getBytes(StandardCharsets.UTF_8)), new Slice().wrap(content), sink);
            authorization = sink.slice(new Slice()).toString();
        }
        throw new AssertionError("not let in");
    }
}
