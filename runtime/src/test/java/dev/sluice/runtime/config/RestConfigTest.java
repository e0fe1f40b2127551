package dev.sluice.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.Password;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RestConfigTest {
    private static List<String> warnings(Map<String, String> settings) {
        return WorkerConfig.parse(settings).warnings().stream()
                .map(ConfigProblem::text)
                .toList();
    }

    @Test
    void listensOnLoopbackWithoutALoginByDefault() {
        RestConfig config = RestConfig.parse(Map.of());

        assertThat(config.listeners()).containsExactly(URI.create("http://127.0.0.1:8083"));
        assertThat(config.adminListeners()).isEmpty();
        assertThat(config.logins()).isEmpty();
        assertThat(config.allowedMethods()).containsExactly("GET", "POST", "HEAD");
        assertThat(warnings(Map.of())).isEmpty();
    }

    @Test
    void adminListenersMayBeNowhere() {
        assertThat(RestConfig.parse(Map.of("admin.listeners", "")).adminListeners())
                .contains(List.of());
        assertThat(RestConfig.parse(Map.of("admin.listeners", "https://localhost:9"))
                        .adminListeners())
                .contains(List.of(URI.create("https://localhost:9")));
    }

    @ParameterizedTest
    @CsvSource({
        "http://0.0.0.0:8083,none,Whoever reaches http://0.0.0.0:8083 may change everything: rest.authentication is not set.",
        "https://10.0.0.1:8083,none,Whoever reaches https://10.0.0.1:8083 may change everything: rest.authentication is not set.",
        "http://example.org:8083,basic,Passwords and tokens travel unencrypted to http://example.org:8083 of listeners."
    })
    void anAddressThatOthersReachIsWarnedOf(String listener, String login, String warning) {
        assertThat(warnings(Map.of("listeners", listener, "rest.authentication", login)))
                .singleElement()
                .asString()
                .startsWith(warning);
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:1,none", "http://127.1.2.3:1,none", "http://[::1]:1,none", "https://0.0.0.0:1,bearer"
    })
    void anAddressThatIsSafeIsNotWarnedOf(String listener, String login) {
        assertThat(warnings(Map.of("listeners", listener, "rest.authentication", login)))
                .isEmpty();
    }

    @Test
    void theLoginOfKafkaConnectIsNotDroppedWithoutAWord() {
        String extension = "org.apache.kafka.connect.rest.basic.auth.extension.BasicAuthSecurityRestExtension";

        assertThat(warnings(Map.of("rest.extension.classes", extension)))
                .containsExactly(
                        "Class " + extension + " of rest.extension.classes has no effect here, and nobody is asked"
                                + " for a password. Set rest.authentication=basic, and add users with sluice rest-users add NAME"
                                + " --role admin.");
        assertThat(warnings(Map.of("rest.extension.classes", extension, "rest.authentication", "basic")))
                .isEmpty();
    }

    @Test
    void noLoginAndALoginContradictEachOther() {
        assertThatThrownBy(() -> RestConfig.parse(Map.of("rest.authentication", "none,basic")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "Cannot use rest.authentication=none together with a login: none lets everybody in.");
    }

    @Test
    void oneSettingOfTlsWithThePrefixTurnsOffThoseWithout() {
        Map<String, String> plain = Map.of("ssl.keystore.location", "a.jks", "ssl.keystore.password", "p");

        TlsConfig shared = RestConfig.parse(plain).tls();
        TlsConfig own = RestConfig.parse(Map.of(
                        "ssl.keystore.location", "a.jks",
                        "ssl.keystore.password", "p",
                        "listeners.https.ssl.keystore.location", "b.p12",
                        "listeners.https.ssl.keystore.type", "PKCS12"))
                .tls();

        assertThat(shared.keyStore().location()).contains("a.jks");
        assertThat(shared.keyStore().password()).contains(Password.of("p"));
        assertThat(shared.name("ssl.key.password")).isEqualTo("ssl.key.password");
        assertThat(own.keyStore())
                .isEqualTo(new TlsConfig.Store(
                        "listeners.https.ssl.keystore", "PKCS12", Optional.of("b.p12"), Optional.empty()));
    }

    @Test
    void readsHeadersAsKafkaConnectWritesThem() {
        String text = "add Cache-Control:no-store, \"set X-List: a, b\",setDate Expires:31540000000, addDate X-Then:-1";

        assertThat(RestConfig.parse(Map.of("response.http.headers.config", text))
                        .headers())
                .containsExactly(
                        new HeaderRule(HeaderRule.Action.ADD, "Cache-Control", "no-store"),
                        new HeaderRule(HeaderRule.Action.SET, "X-List", "a, b"),
                        new HeaderRule(HeaderRule.Action.SET_DATE, "Expires", "31540000000"),
                        new HeaderRule(HeaderRule.Action.ADD_DATE, "X-Then", "-1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "remove X:1|'remove X:1' is no rule such as: set Cache-Control:no-cache",
                "set X|'set X' is no rule such as",
                "setDate X:soon|'setDate X:soon' must end in milliseconds from now",
                "\"set X:1|the quotes in '\"set X:1' do not match"
            })
    void aRuleOfHeadersThatCannotBeReadIsExplained(String text, String problem) {
        assertThatThrownBy(() -> RestConfig.parse(Map.of("response.http.headers.config", text)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(problem);
    }
}
