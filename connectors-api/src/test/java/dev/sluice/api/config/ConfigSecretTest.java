package dev.sluice.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigSecretTest {

    private static final String SECRET = "hunter2";
    private static final ConfigKey<Password> PASSWORD = ConfigKey.password("db.password")
            .check(Check.of(
                    "a password of 8 characters or more", p -> p.reveal().length() >= 8));
    private static final ConfigKey<String> STRING = ConfigKey.string("db.url").secret();

    @Test
    void passwordsHideWhatTheyHold() {
        assertThat(Password.of(SECRET)).hasToString("[hidden]").isEqualTo(Password.of(SECRET));
        assertThat(Password.of(SECRET)).isNotEqualTo(Password.of("other"));
        assertThat(Password.of(SECRET).hashCode()).isEqualTo(Password.of(SECRET).hashCode());
        assertThat(Password.of(SECRET).reveal()).isEqualTo(SECRET);
    }

    @Test
    void keepsSecretsOutOfProblems() {
        Check<Password> talkative = new Check<>() {
            @Override
            public String words() {
                return "something else";
            }

            @Override
            public boolean accepts(Password value) {
                return false;
            }

            @Override
            public String problem(Password value) {
                return value.reveal() + " is weak";
            }
        };
        ConfigType<Integer> pin = ConfigType.of(ConfigKind.PASSWORD, "a secret number", Integer::valueOf, n -> "" + n);
        ConfigSpec spec = ConfigSpec.of(PASSWORD.check(talkative), ConfigKey.of("pin", pin));

        Throwable thrown = catchThrowable(() -> spec.parse(Map.of("db.password", SECRET, "pin", SECRET)));

        assertThat(thrown)
                .hasMessageContaining("Cannot use db.password: it must be a password of 8 characters or more.")
                .hasMessageContaining("Cannot use db.password: it must be something else.")
                .hasMessageContaining("Cannot use pin: it must be a secret number.");
        assertThat(thrown.getMessage()).doesNotContain(SECRET);
    }

    @Test
    void keepsSecretsOutOfTexts() {
        ConfigSpec spec = ConfigSpec.of(ConfigKey.password("db.password"), STRING);
        Config config = spec.parse(Map.of("db.password", SECRET, "db.url", SECRET, "unknown", SECRET));

        assertThat(config).hasToString("Config{db.password=[hidden], db.url=[hidden]}");
        assertThat(config.withPrefix("db.").toString()).doesNotContain(SECRET);
        assertThat(config.values().toString()).doesNotContain("password=" + SECRET);
        assertThat(config.warnings().toString()).doesNotContain(SECRET);
        assertThat(config.get(STRING)).isEqualTo(SECRET);
    }

    @Test
    void keepsSecretsOutOfAnswersAndPages() {
        ConfigKey<Password> withDefault = ConfigKey.password("token").defaultsTo(Password.of(SECRET));
        ConfigSpec spec = ConfigSpec.of(PASSWORD, STRING, withDefault);

        ConfigValidation validation = spec.validate(Map.of("db.password", SECRET, "db.url", SECRET));

        assertThat(validation.toString()).doesNotContain(SECRET);
        assertThat(validation.values()).extracting(ConfigValue::value).containsOnly("[hidden]");
        assertThat(ConfigReference.markdown(spec)).doesNotContain(SECRET);
        assertThat(withDefault.toString()).doesNotContain(SECRET);
        assertThat(withDefault.defaultText()).contains("[hidden]");
    }

    @Test
    void keepsPasswordsInsideAddressesOutOfProblems() {
        ConfigKey<String> url = ConfigKey.string("url").check(Check.of("short", text -> false));
        for (String given : List.of(
                "http://me:hunter2@host/x",
                "jdbc:x://host/db?user=me&password=hunter2&ssl=true",
                "jdbc:x:me;PWD = hunter2;a=b",
                "api_key:hunter2")) {
            Throwable thrown = catchThrowable(() -> ConfigSpec.of(url).parse(Map.of("url", given)));

            assertThat(thrown).hasMessageContaining("[hidden]").hasMessageContaining("it must be short.");
            assertThat(thrown.getMessage()).doesNotContain(SECRET);
        }
    }

    @Test
    void showsLongAndStrangeTextsShortAndOnOneLine() {
        assertThat(ShownText.of("a\nb")).isEqualTo("a?b");
        assertThat(ShownText.of("x".repeat(100))).isEqualTo("x".repeat(100));
        assertThat(ShownText.of("x".repeat(101))).isEqualTo("x".repeat(100) + "…");
    }

    @Test
    void keepsValuesOutOfTheTextOfProvidedData() {
        assertThat(ConfigData.of(Map.of("key", SECRET))).hasToString("ConfigData[key]");
    }
}
