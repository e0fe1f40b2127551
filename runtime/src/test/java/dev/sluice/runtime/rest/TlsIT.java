package dev.sluice.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REST over TLS with real keys in all their forms. */
final class TlsIT {
    @TempDir
    Path folder;

    private TestingKeys keys;

    @BeforeEach
    void makeKeys() throws Exception {
        keys = TestingKeys.make(folder.resolve("rest.p12"), "PKCS12");
    }

    private static Map<String, String> https(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("listeners", "https://127.0.0.1:0"));
        all.putAll(settings);
        return all;
    }

    private static Map<String, String> store(String prefix, TestingKeys of) {
        return Map.of(
                prefix + "ssl.keystore.type", of.type(),
                prefix + "ssl.keystore.location", of.file().toString(),
                prefix + "ssl.keystore.password", TestingKeys.PASSWORD);
    }

    private static HttpClient client(TestingKeys trusted) throws Exception {
        return HttpClient.newBuilder().sslContext(trusted.client(null)).build();
    }

    private static void assertServes(Map<String, String> settings, TestingKeys trusted) throws Exception {
        try (TestingRest rest = TestingRest.serving(https(settings), client(trusted))) {
            HttpResponse<String> answer = rest.get("/connectors");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(rest.server.addresses().get(0).getScheme()).isEqualTo("https");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JKS", "PKCS12"})
    void takesAKeyOfAStore(String type) throws Exception {
        TestingKeys made = TestingKeys.make(folder.resolve("other"), type);

        assertServes(store("", made), made);
    }

    @Test
    void settingsWithThePrefixWin() throws Exception {
        Map<String, String> settings = new LinkedHashMap<>(store("listeners.https.", keys));
        settings.put("ssl.keystore.location", "/no/such/file");

        assertServes(settings, keys);
    }

    @Test
    void takesAKeyOfAPemFile() throws Exception {
        Path pem = Files.writeString(folder.resolve("rest.pem"), keys.key() + keys.certificate());

        assertServes(Map.of("ssl.keystore.type", "PEM", "ssl.keystore.location", pem.toString()), keys);
    }

    @Test
    void takesAKeyInTheSettings() throws Exception {
        assertServes(
                Map.of(
                        "ssl.keystore.type", "PEM",
                        "ssl.keystore.key", keys.key(),
                        "ssl.keystore.certificate.chain", keys.certificate()),
                keys);
    }

    @Test
    void letsNobodyInWithoutACertificateWhereOneIsRequired() throws Exception {
        TestingKeys own = TestingKeys.make(folder.resolve("client.p12"), "PKCS12");
        Path authority = Files.writeString(folder.resolve("authority.pem"), own.certificate());
        Map<String, String> settings = new LinkedHashMap<>(https(store("", keys)));
        settings.put("ssl.client.auth", "required");
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", authority.toString());
        HttpClient known = HttpClient.newBuilder().sslContext(keys.client(own)).build();
        HttpClient stranger = HttpClient.newBuilder()
                .sslContext(keys.client(TestingKeys.make(folder.resolve("stranger.p12"), "PKCS12")))
                .build();

        try (TestingRest rest = TestingRest.serving(settings, known)) {
            assertThat(rest.get("/connectors").statusCode()).isEqualTo(200);
            var request = rest.request("/connectors").build();
            for (HttpClient refused : new HttpClient[] {client(keys), stranger}) {
                assertThatThrownBy(() -> refused.send(request, HttpResponse.BodyHandlers.ofString()))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    /** Over HTTP/2, which TLS brings with it, the connection stays. */
    @Test
    void aBodyThatIsTooLargeIsAnswered() throws Exception {
        Map<String, String> settings = new LinkedHashMap<>(https(store("", keys)));
        settings.put("rest.request.bytes.max", "1024");
        try (TestingRest rest = TestingRest.serving(settings, client(keys))) {
            HttpResponse<String> answer =
                    rest.sendJson("POST", "/connectors", "{\"name\":\"" + "x".repeat(200_000) + "\"}");

            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(rest.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRenewedKeyIsServedWithoutARestart() throws Exception {
        try (TestingRest rest = TestingRest.serving(https(store("", keys)), client(keys))) {
            assertThat(rest.get("/").statusCode()).isEqualTo(200);
            TestingKeys renewed = TestingKeys.make(keys.file(), "PKCS12");
            HttpClient client = client(renewed);
            var request = rest.request("/").build();

            rest.server.reload();

            Waiting.until("the renewed key is served", Duration.ofSeconds(20), () -> isAnswered(client, request));
        }
    }

    private static boolean isAnswered(HttpClient client, java.net.http.HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ssl.keystore.location|/no/such.p12|Cannot use ssl.keystore.location for REST: '/no/such.p12' is no file that"
                        + " can be read.",
                "ssl.keystore.password|wrong|Cannot use ssl.keystore.password for REST: it does not open",
                "ssl.keystore.type|PEM|Cannot use ssl.keystore.location for REST: ",
                "ssl.enabled.protocols|TLSv9|Cannot use ssl.enabled.protocols=TLSv9 for REST: this JVM does not know it.",
                "ssl.cipher.suites|ROT13|Cannot use ssl.cipher.suites=ROT13 for REST: this JVM does not know it.",
                "ssl.truststore.location|/no/such.pem|Cannot use ssl.truststore.location for REST: '/no/such.pem' is no file"
            })
    void whatDoesNotFitStopsTheStart(String key, String value, String message) {
        Map<String, String> settings = new LinkedHashMap<>(https(store("", keys)));
        settings.put(key, value);

        assertThatThrownBy(() -> TestingRest.serving(settings).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aMissingKeyIsSaidToBe() {
        assertThatThrownBy(() -> TestingRest.serving(https(Map.of())).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "Cannot use ssl.keystore.location for REST: it is missing, and a listener begins with"
                                + " https.");
    }
}
