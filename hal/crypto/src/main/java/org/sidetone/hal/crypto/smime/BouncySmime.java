package org.sidetone.hal.crypto.smime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.operator.OperatorCreationException;
import org.sidetone.hal.Smime;

/**
 * S/MIME with the keys of a folder (see {@code KeyRing}). Sent are multipart/signed with a detached signature, inside application/pkcs7-mime: who opens
 * it knows who wrote it, nobody else does.
 */
public final class BouncySmime implements Smime, AutoCloseable {
    private static final int QUEUE = 8;
    private static final int LAYERS = 4;

    private final KeyRing ring;
    private final Cms cms;
    private final Executor worker;
    private final Runnable wakeUp;
    private final SecureRandom random = new SecureRandom();
    private final Queue<Done> done = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private int tickets;

    private record Done(int ticket, int result, int marks, byte[] entity) {
    }

    private interface Work {
        Done run(int ticket) throws CMSException, GeneralSecurityException, OperatorCreationException, IOException;
    }

    /**
     * @param wallMs time of day for the certificates. @param worker works requests off, one at a time. @param wakeUp called from it when one is done
     * @throws IOException naming the file that cannot be read
     */
    public BouncySmime(Path folder, LongSupplier wallMs, Executor worker, Runnable wakeUp) throws IOException {
        ring = new KeyRing(folder, wallMs);
        cms = new Cms(ring);
        this.worker = worker;
        this.wakeUp = wakeUp;
    }

    /**
     * With a thread of its own.
     * @return null when there is no such folder: there are no keys
     * @throws IOException naming the file that cannot be read
     */
    public static BouncySmime in(Path folder, LongSupplier wallMs, Runnable wakeUp) throws IOException {
        return !Files.isDirectory(folder) ? null : new BouncySmime(folder, wallMs, Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "smime");
            thread.setDaemon(true);
            return thread;
        }), wakeUp);
    }

    /** Ends the thread of {@link #in}. */
    @Override
    public void close() {
        if (worker instanceof ExecutorService own) {
            own.shutdownNow();
        }
    }

    @Override
    public boolean canProtect(byte[] address, int offset, int length) {
        return ring.canSign() && ring.of(text(address, offset, length)) != null;
    }

    private static String text(byte[] b, int offset, int length) {
        return new String(b, offset, length, StandardCharsets.UTF_8);
    }

    private int submit(int length, Work work) {
        if (length > MAX_BYTES || waiting.get() >= QUEUE) {
            return BUSY;
        }
        int ticket = tickets++ & Integer.MAX_VALUE;
        waiting.incrementAndGet();
        worker.execute(() -> {
            Done result;
            try {
                result = work.run(ticket);
            } catch (CMSException | GeneralSecurityException | OperatorCreationException | IOException | RuntimeException e) {
                result = new Done(ticket, MALFORMED, 0, null);  // the library tells broken input in every way there is
            }
            done.add(result);
            wakeUp.run();
        });
        return ticket;
    }

    @Override
    public int protect(byte[] address, int addressOffset, int addressLength, byte[] entity, int offset, int length) {
        String to = text(address, addressOffset, addressLength);
        byte[] copy = Arrays.copyOfRange(entity, offset, offset + length);
        return submit(length, ticket -> {
            X509Certificate recipient = ring.of(to);
            if (recipient == null || !ring.canSign()) {
                return new Done(ticket, FAILED, 0, null);
            }
            byte[] sealed = cms.seal(signed(copy), recipient);
            byte[] whole = join("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\r\n", sealed);
            return whole.length > MAX_BYTES ? new Done(ticket, FAILED, 0, null) : new Done(ticket, whole.length, 0, whole);
        });
    }

    private byte[] signed(byte[] entity) throws CMSException, GeneralSecurityException, OperatorCreationException, IOException {
        String boundary = "s" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n"));
        out.writeBytes(entity);
        out.writeBytes(ascii("\r\n--" + boundary + "\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: binary\r\n\r\n"));
        out.writeBytes(cms.sign(entity));
        out.writeBytes(ascii("\r\n--" + boundary + "--\r\n"));
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(String head, byte[] content) {
        byte[] first = ascii(head);
        byte[] whole = Arrays.copyOf(first, first.length + content.length);
        System.arraycopy(content, 0, whole, first.length, content.length);
        return whole;
    }

    @Override
    public int open(byte[] address, int addressOffset, int addressLength, byte[] entity, int offset, int length) {
        String from = text(address, addressOffset, addressLength);
        byte[] copy = Arrays.copyOfRange(entity, offset, offset + length);
        return submit(length, ticket -> open(ticket, from, copy));
    }

    private Done open(int ticket, String from, byte[] whole) throws CMSException, GeneralSecurityException, OperatorCreationException {
        MimeEntity entity = MimeEntity.of(whole);
        int marks = 0;
        for (int i = 0; i < LAYERS && entity != null; i++) {
            if (entity.type().equals("multipart/signed")) {
                MimeEntity[] parts = entity.parts();
                byte[] signature = parts == null ? null : parts[1].content();
                if (signature == null) {
                    break;
                }
                marks |= cms.verify(parts[0].whole(), signature, from);
                entity = parts[0];
            } else if (entity.type().endsWith("pkcs7-mime")) {
                byte[] content = entity.content();
                Cms.Opened opened = content == null ? null : cms.open(content, from);
                if (opened == null) {
                    return new Done(ticket, content == null ? MALFORMED : UNDECIPHERABLE, 0, null);
                }
                marks |= opened.marks();
                entity = MimeEntity.of(opened.content());
            } else {
                return entity.whole().length > MAX_BYTES ? new Done(ticket, MALFORMED, marks, null) : new Done(ticket, entity.whole().length, marks, entity.whole());
            }
        }
        return new Done(ticket, MALFORMED, 0, null);
    }

    @Override
    public boolean next(Completion out) {
        Done next = done.poll();
        if (next == null) {
            return false;
        }
        waiting.decrementAndGet();
        out.ticket = next.ticket;
        out.result = next.result;
        out.marks = next.marks;
        if (next.entity != null) {
            System.arraycopy(next.entity, 0, out.entity, 0, next.entity.length);
        }
        return true;
    }
}
