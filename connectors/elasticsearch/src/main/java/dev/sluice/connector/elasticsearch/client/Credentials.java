package dev.sluice.connector.elasticsearch.client;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Password;
import dev.sluice.api.config.Width;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who asks. Sent with each request from the first one on, so that no request is refused first.
 *
 * @param authorization the value of the header {@code Authorization}
 * @param shown who that is, without secrets, for messages: {@code user joe} or {@code the API key}
 */
public record Credentials(Password authorization, String shown) {
    private static final String GROUP = "Connection";
    private static final String API_KEY_SCHEME = "ApiKey ";
    private static final String BEARER_SCHEME = "Bearer ";

    /** The user. */
    public static final ConfigKey<String> USERNAME = ConfigKey.string("connection.username")
            .optional()
            .doc("User, for basic authentication.")
            .importance(Importance.MEDIUM)
            .group(GROUP)
            .width(Width.SHORT);

    /** The password. */
    public static final ConfigKey<Password> PASSWORD = ConfigKey.password("connection.password")
            .optional()
            .doc("Password of the user.")
            .importance(Importance.MEDIUM)
            .group(GROUP)
            .width(Width.SHORT);

    /** The API key. */
    public static final ConfigKey<Password> API_KEY = ConfigKey.password("connection.api.key")
            .extended()
            .optional()
            .check(headerValue("an API key on one line"))
            .doc("API key of Elasticsearch, as it is shown encoded, or as ID:KEY. In the place of user and password.")
            .importance(Importance.MEDIUM)
            .group(GROUP)
            .width(Width.LONG);

    /** The token. */
    public static final ConfigKey<Password> BEARER_TOKEN = ConfigKey.password("connection.bearer.token")
            .extended()
            .optional()
            .check(headerValue("a token on one line"))
            .doc("Token that is sent as Bearer, such as that of a service account. In the place of user and password.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.LONG);

    private static final List<String> KERBEROS = List.of("kerberos.user.principal", "kerberos.keytab.path");
    private static final List<String> SIGNED = List.of("aws.region", "aws.access_key_id", "aws.sts.role.arn");

    /** All of them. */
    public static final ConfigSpec SPEC =
            ConfigSpec.of(USERNAME, PASSWORD, API_KEY, BEARER_TOKEN).rule(Credentials::check);

    private static Check<Password> headerValue(String words) {
        return Check.of(words, value -> value.reveal().strip().chars().allMatch(each -> each >= ' ' && each < 0x7F));
    }

    /** Reads the settings; empty if nobody in particular asks. */
    public static Optional<Credentials> of(Config config) {
        Optional<String> apiKey = given(config, API_KEY);
        if (apiKey.isPresent()) {
            return Optional.of(new Credentials(Password.of(API_KEY_SCHEME + encodedKey(apiKey.get())), "the API key"));
        }
        Optional<String> token = given(config, BEARER_TOKEN);
        if (token.isPresent()) {
            return Optional.of(
                    new Credentials(Password.of(BEARER_SCHEME + without(BEARER_SCHEME, token.get())), "the token"));
        }
        return user(config)
                .map(user -> new Credentials(
                        Password.of(basic(user, config.get(PASSWORD).reveal())), "user " + user));
    }

    private static Optional<String> user(Config config) {
        return config.find(USERNAME).filter(user -> !user.isBlank());
    }

    private static Optional<String> given(Config config, ConfigKey<Password> key) {
        return config.find(key).map(value -> value.reveal().strip()).filter(value -> !value.isEmpty());
    }

    /** Keys are shown in two forms; the one with the colon is the other before its encoding. */
    private static String encodedKey(String key) {
        String bare = without(API_KEY_SCHEME, key);
        return bare.contains(":") ? Base64.getEncoder().encodeToString(bare.getBytes(StandardCharsets.UTF_8)) : bare;
    }

    private static String without(String scheme, String value) {
        return value.regionMatches(true, 0, scheme, 0, scheme.length())
                ? value.substring(scheme.length()).strip()
                : value;
    }

    /** Returns the value of a header for a user and a password. */
    static String basic(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    private static void check(Config config, ConfigProblems problems) {
        refuse(config, problems, KERBEROS, "Kerberos is not supported", "Use a user and password, or an API key.");
        refuse(
                config,
                problems,
                SIGNED,
                "requests are not signed with keys of AWS",
                "Use a user of the domain (fine-grained access control), or a signing proxy.");
        boolean hasPassword =
                config.find(PASSWORD).filter(password -> !password.isEmpty()).isPresent();
        if (user(config).isPresent() != hasPassword) {
            problems.error(
                    hasPassword ? USERNAME : PASSWORD,
                    "Cannot use one of connection.username and connection.password: a user needs its password.",
                    "Give both or none.");
        }
        long ways = Stream.of(
                        user(config).isPresent(),
                        given(config, API_KEY).isPresent(),
                        given(config, BEARER_TOKEN).isPresent())
                .filter(given -> given)
                .count();
        if (ways > 1) {
            problems.error(
                    API_KEY,
                    "Cannot tell who asks: more than one of connection.username, connection.api.key and"
                            + " connection.bearer.token is set.",
                    "Keep one of them.");
        }
    }

    private static void refuse(Config config, ConfigProblems problems, List<String> names, String why, String instead) {
        names.stream()
                .filter(name -> !config.originals().getOrDefault(name, "").isBlank())
                .findFirst()
                .ifPresent(name -> problems.add(
                        ConfigProblem.error(name, "Cannot use setting " + name + ": " + why + ".", instead)));
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "Credentials[" + shown + "]";
    }
}
