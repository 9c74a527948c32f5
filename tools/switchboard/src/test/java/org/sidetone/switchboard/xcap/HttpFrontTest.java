package org.sidetone.switchboard.xcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.conformance.Shows;
import org.sidetone.hal.crypto.tls.TlsSettings;
import org.sidetone.port.Hash;
import org.sidetone.switchboard.ExchangeSettings;
import org.sidetone.switchboard.OwnAuthority;
import org.sidetone.switchboard.SwitchboardServer;

/** The exchange's XCAP server by the JDK's HTTP client, which computes digests of its own. */
class HttpFrontTest {
    private static final String RULES = "<cp:ruleset xmlns:cp='urn:ietf:params:xml:ns:common-policy'><cp:rule id='a'/></cp:ruleset>";

    @TempDir
    private Path folder;

    private static ExchangeSettings settings() {
        ExchangeSettings settings = new ExchangeSettings();
        settings.port = 0;
        settings.xcapPort = 0;
        settings.algorithms = new int[] {Hash.MD5};
        settings.users.add("alice", "secret").add("bob", "hidden");
        return settings;
    }

    private static HttpURLConnection open(String url, String user, String password, SSLContext tls) throws Exception {
        HttpURLConnection http = (HttpURLConnection) URI.create(url).toURL().openConnection();
        if (http instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(tls.getSocketFactory());
            secure.setHostnameVerifier((host, session) -> true);
        }
        http.setAuthenticator(new Authenticator() {
            private int asked;

            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return asked++ == 0 ? new PasswordAuthentication(user, password.toCharArray()) : null;
            }
        });
        return http;
    }

    private static int put(HttpURLConnection http, String type, String body) throws Exception {
        http.setRequestMethod("PUT");
        http.setDoOutput(true);
        http.setRequestProperty("Content-Type", type);
        http.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        return http.getResponseCode();
    }

    private static String body(HttpURLConnection http) throws Exception {
        try (InputStream in = http.getResponseCode() < 400 ? http.getInputStream() : http.getErrorStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Shows({"5025-10-3", "4825-8-5", "4825-8-6", "4825-14-6"})
    void whoProvesHimselfReadsAndWrites(boolean secure) throws Exception {
        ExchangeSettings settings = settings();
        settings.securePort = secure ? 0 : -1;
        TlsSettings tls = secure ? OwnAuthority.settings(folder.resolve("certificates"), "example.test") : null;
        SSLContext context = SSLContext.getInstance("TLS");
        if (secure) {
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            try (InputStream in = java.nio.file.Files.newInputStream(OwnAuthority.certificate(folder.resolve("certificates")))) {
                trust.setCertificateEntry("authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trust);
            context.init(null, managers.getTrustManagers(), null);
        }
        try (SwitchboardServer server = new SwitchboardServer(settings, folder.resolve("data"), tls)) {
            String root = (secure ? "https" : "http") + "://127.0.0.1:" + server.xcapPort() + HttpFront.ROOT;
            String rules = root + "/pres-rules/users/sip:alice@example.test/index";
            HttpURLConnection put = open(rules, "alice", "secret", context);
            assertEquals(201, put(put, "application/auth-policy+xml", RULES), secure ? "" : body(put));
            assertNotNull(put.getHeaderField("ETag"));
            HttpURLConnection get = open(rules, "alice", "secret", context);
            assertEquals(RULES, body(get));
            assertEquals("application/auth-policy+xml", get.getContentType());
            assertEquals(put.getHeaderField("ETag"), get.getHeaderField("ETag"));
            HttpURLConnection node = open(rules + "/~~/c:ruleset/c:rule%5b@id=%22a%22%5d?xmlns(c=urn:ietf:params:xml:ns:common-policy)", "alice", "secret", context);
            assertEquals("<cp:rule id='a'/>", body(node));
            assertEquals(403, open(rules, "bob", "hidden", context).getResponseCode());
            assertEquals(401, open(rules, "bob", "wrong", context).getResponseCode());
            HttpURLConnection conflict = open(rules, "alice", "secret", context);
            assertEquals(409, put(conflict, "application/auth-policy+xml", "<x/>"));
            assertTrue(body(conflict).contains("schema-validation-error"));
        }
        try (SwitchboardServer again = new SwitchboardServer(settings(), folder.resolve("data"), null)) {
            HttpURLConnection get = open("http://127.0.0.1:" + again.xcapPort() + HttpFront.ROOT + "/pres-rules/users/sip:alice@example.test/index", "alice", "secret", null);
            assertEquals(RULES, body(get), "it outlives the exchange");
        }
    }

    @Test
    void aPortInUseSaysWhatToDo() throws Exception {
        try (SwitchboardServer server = new SwitchboardServer(settings(), null, null)) {
            ExchangeSettings second = settings();
            second.xcapPort = server.xcapPort();
            try (SwitchboardServer other = new SwitchboardServer(second, null, null)) {
                throw new AssertionError("two on one port " + other.xcapPort());
            } catch (java.io.IOException e) {
                assertTrue(e.getMessage().contains("--xcap-port"), e.getMessage());
            }
        }
    }
}
