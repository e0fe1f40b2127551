package dev.sluice.connector.elasticsearch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.Password;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClusterConfigTest {
    private static final String URL = "connection.url";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "es1 | http://es1:80 | ''",
                "es1:9200 | http://es1:9200 | ''",
                "http://es_1:9200/ | http://es_1:9200 | ''",
                "https://es1,es2:9200,http://es3:9201 | https://es1:443, https://es2:9200, https://es3:9201 | ''",
                "HTTPS://ES1 | https://ES1:443 | ''",
                "https://proxy/search/ | https://proxy:443 | /search",
                "http://a:1/x/y,b:2/x/y/ | http://a:1, http://b:2 | /x/y",
                "http://[::1]:9200 | http://[::1]:9200 | ''",
                "127.0.0.1:9200 | http://127.0.0.1:9200 | ''",
            })
    void readsAddressesAsConfluentsSinkDoes(String given, String shown, String prefix) {
        Addresses addresses = config(URL, given).addresses();

        assertThat(addresses.shown()).isEqualTo(shown);
        assertThat(addresses.pathPrefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://es1 | Cannot use connection.url=ftp://es1: its scheme must be http or https.",
                "http://es1:0 | Cannot use connection.url=http://es1:0: its port must be between 1 and 65535.",
                "http://es1:99999 | Cannot use connection.url=http://es1:99999: its port must be between 1 and 65535.",
                "http:///x | Cannot use connection.url=http:///x: it must be like https://host:9200 or"
                        + " https://host:9200/path.",
                "http://es1?a=b | Cannot use connection.url=http://es1?a=b: it must be like https://host:9200 or"
                        + " https://host:9200/path.",
                "http://a/x,http://b/y | Cannot use connection.url: its addresses have different paths, [/x, /y]. Give"
                        + " all nodes the same path, or none.",
                "http://joe:secret@es1 | Cannot use an address of connection.url: it has a user in it, and addresses"
                        + " are shown. Give connection.username and connection.password instead.",
            })
    void refusesOtherAddresses(String given, String message) {
        assertThat(problems(URL, given)).containsExactly(message);
    }

    @Test
    void anAddressIsNeeded() {
        assertThat(problems())
                .containsExactly(
                        "Cannot do without setting connection.url: it is required and was not given. Set it to the"
                                + " addresses of the nodes, such as https://es1:9200.");
        assertThat(problems(URL, "a", "connection.cloud.id", "b"))
                .containsExactly(
                        "Cannot tell which cluster is meant: connection.url and connection.cloud.id are both set."
                                + " Keep one of them.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "us-east-1.aws.found.io$abc$def | https://abc.us-east-1.aws.found.io:443",
                "eu.example.org:9243$abc$def | https://abc.eu.example.org:9243",
                "eu.example.org$abc:9244 | https://abc.eu.example.org:9244",
            })
    void readsCloudIds(String decoded, String url) {
        String id = "my:name:" + base64(decoded);

        assertThat(config("connection.cloud.id", id).addresses().shown()).isEqualTo(url);
        assertThat(config("connection.cloud.id", id).tls()).isNotNull();
    }

    @Test
    void refusesOtherCloudIds() {
        assertThat(problems("connection.cloud.id", "name:%%%"))
                .containsExactly(
                        "Cannot use connection.cloud.id: what follows its colon is not Base64. Copy it whole from the"
                                + " page of the deployment.");
        assertThat(problems("connection.cloud.id", "name:" + base64("host")))
                .containsExactly(
                        "Cannot use connection.cloud.id: it does not name a domain and an Elasticsearch in it. Copy it"
                                + " whole from the page of the deployment.");
        assertThat(problems("connection.cloud.id", "name:" + base64("host:x$abc")))
                .containsExactly(
                        "Cannot use connection.cloud.id: its port is not a number. Copy it whole from the page of the"
                                + " deployment.");
    }

    @Test
    void knowsWhoAsks() {
        assertThat(authorization("connection.username", "jo\u00e9", "connection.password", "pass"))
                .isEqualTo("Basic " + base64("jo\u00e9:pass"));
        assertThat(authorization("connection.api.key", "aWQ6a2V5")).isEqualTo("ApiKey aWQ6a2V5");
        assertThat(authorization("connection.api.key", " id:key\n")).isEqualTo("ApiKey " + base64("id:key"));
        assertThat(authorization("connection.api.key", "ApiKey aWQ6a2V5")).isEqualTo("ApiKey aWQ6a2V5");
        assertThat(authorization("connection.bearer.token", "AAEA")).isEqualTo("Bearer AAEA");
        assertThat(config(URL, "a", "connection.username", "").credentials()).isNull();
    }

    private static String authorization(String... settings) {
        String[] all = new String[settings.length + 2];
        System.arraycopy(settings, 0, all, 2, settings.length);
        all[0] = URL;
        all[1] = "es1";
        Credentials credentials = Objects.requireNonNull(config(all).credentials());
        assertThat(credentials.toString()).doesNotContain("pass", "aWQ", "AAEA");
        return credentials.authorization().reveal();
    }

    @Test
    void oneWayToAskIsEnough() {
        assertThat(problems(URL, "a", "connection.username", "joe"))
                .containsExactly(
                        "Cannot use one of connection.username and connection.password: a user needs its password."
                                + " Give both or none.");
        assertThat(problems(
                        URL, "a", "connection.username", "joe", "connection.password", "x", "connection.api.key", "y"))
                .containsExactly("Cannot tell who asks: more than one of connection.username, connection.api.key and"
                        + " connection.bearer.token is set. Keep one of them.");
        assertThat(problems(URL, "a", "connection.api.key", "two\nlines"))
                .containsExactly("Cannot use connection.api.key: it must be an API key on one line.");
    }

    @Test
    void whatIsNotSupportedIsRefusedByName() {
        assertThat(problems(URL, "a", "kerberos.user.principal", "joe@REALM", "kerberos.keytab.path", "/k"))
                .containsExactly("Cannot use setting kerberos.user.principal: Kerberos is not supported. Use a user and"
                        + " password, or an API key.");
        assertThat(problems(URL, "a", "kerberos.user.principal", "")).isEmpty();
        assertThat(problems(URL, "a", "aws.region", "eu-west-1"))
                .containsExactly(
                        "Cannot use setting aws.region: requests are not signed with keys of AWS. Use a user of the"
                                + " domain (fine-grained access control), or a signing proxy.");
    }

    @Test
    void readsTheProxy() {
        ProxyConfig proxy =
                Objects.requireNonNull(config(URL, "a", "proxy.host", "p", "proxy.username", "u", "proxy.password", "s")
                        .proxy());

        assertThat(proxy).isEqualTo(new ProxyConfig("p", 8080, "u", Password.of("s")));
        assertThat(config(URL, "a", "proxy.host", "").proxy()).isNull();
        assertThat(problems(URL, "a", "proxy.host", "p", "proxy.username", "u"))
                .containsExactly(
                        "Cannot use one of proxy.username and proxy.password: a user needs its password. Give both or"
                                + " none.");
        assertThat(problems(URL, "a", "proxy.host", "http://p"))
                .containsExactly(
                        "Cannot use proxy.host=http://p: it must be the name of a host alone. Leave out the scheme, and"
                                + " give the port by proxy.port.");
    }

    @Test
    void askingForEncryptionWithoutItIsRefused() {
        assertThat(problems(URL, "es1:9200", "elastic.security.protocol", "SSL"))
                .containsExactly(
                        "Cannot use elastic.security.protocol=SSL: no address of connection.url begins with https, so"
                                + " that nothing would be encrypted. Write https://, or leave the protocol out.");
        assertThat(problems(URL, "https://es1:9200", "elastic.security.protocol", "ssl"))
                .isEmpty();
    }

    @Test
    void oneSourceOfTrustIsEnough() {
        assertThat(problems(
                        URL, "https://a", "connection.ca.path", "/ca", "elastic.https.ssl.truststore.location", "/ts"))
                .containsExactly(
                        "Cannot tell whom to trust: more than one of connection.ca.path, connection.ca.fingerprint and"
                                + " elastic.https.ssl.truststore.* is set. Keep one of them.");
        assertThat(problems(URL, "https://a", "connection.certificate.path", "/c"))
                .containsExactly(
                        "Cannot use one of connection.certificate.path and connection.key.path: a certificate needs its"
                                + " key. Give both or none.");
        assertThat(problems(URL, "https://a", "connection.ca.fingerprint", "12:34"))
                .containsExactly(
                        "Cannot use connection.ca.fingerprint=12:34: it must be the SHA-256 of a certificate: 64"
                                + " hexadecimal digits, with or without colons.");
        assertThat(problems(URL, "https://a", "elastic.https.ssl.engine.factory.class", "x.Y"))
                .containsExactly(
                        "elastic.https.ssl.engine.factory.class: Cannot use the setting ssl.engine.factory.class: such"
                                + " a class belongs to Kafka, which is not here. Give key store and trust store by their"
                                + " own settings.");
        assertThat(problems(URL, "https://a", "elastic.https.ssl.endpoint.identification.algorithm", "ldaps"))
                .containsExactly("elastic.https.ssl.endpoint.identification.algorithm: Cannot use"
                        + " ssl.endpoint.identification.algorithm=ldaps: it must be https, or empty for no check of the"
                        + " host.");
    }

    @Test
    void takesAllOfKafkasKeys() {
        assertThat(ClusterConfig.SPEC.keys())
                .filteredOn(key -> key.name().startsWith("elastic.https.ssl."))
                .hasSize(19);
    }

    @Test
    void filesThatAreNotThereAreNamed() {
        assertThatThrownBy(() -> config(URL, "https://a", "connection.ca.path", "/no/ca.pem"))
                .hasMessage("Cannot read /no/ca.pem, which connection.ca.path names: there is no such file. Correct the"
                        + " path, the type or the password.");
        assertThat(config(URL, "http://a", "connection.ca.path", "/no/ca.pem").tls())
                .isNull();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ClusterConfig config(String... settings) {
        return ClusterConfig.of(ClusterConfig.SPEC.parse(map(settings)));
    }

    private static List<String> problems(String... settings) {
        return ClusterConfig.SPEC.openPrefix("").validate(map(settings)).errors().stream()
                .map(ConfigProblem::text)
                .toList();
    }

    private static Map<String, String> map(String... settings) {
        Map<String, String> map = new HashMap<>();
        for (int index = 0; index < settings.length; index += 2) {
            map.put(settings[index], settings[index + 1]);
        }
        return map;
    }
}
