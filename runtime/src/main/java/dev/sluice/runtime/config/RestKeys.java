package dev.sluice.runtime.config;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The settings of the REST API. Those that begin with {@code rest.} are ours, the others Kafka Connect's. */
final class RestKeys {
    static final String HTTPS_PREFIX = "listeners.https.";
    static final String ADMIN_HTTPS_PREFIX = "admin.listeners.https.";

    private static final String GROUP = "REST";
    private static final Check<URI> WEB = Check.of("an address with http or https", RestKeys::isWeb);

    static final ConfigKey<List<URI>> LISTENERS = ConfigKey.listOf("listeners", ListenerType.REST)
            .defaultsTo(List.of(URI.create("http://127.0.0.1:8083")))
            .check(Check.nonEmptyList())
            .check(Check.distinct())
            .check(Check.each(WEB))
            .doc("Where the REST API listens, with http or https. An empty host is all addresses of the machine, port 0"
                    + " any free port. Kafka Connect listens everywhere by default; here only this machine is served"
                    + " unless asked for.")
            .group(GROUP)
            .importance(Importance.HIGH);

    static final ConfigKey<List<URI>> ADMIN_LISTENERS = ConfigKey.listOf("admin.listeners", ListenerType.REST)
            .optional()
            .check(Check.distinct())
            .check(Check.each(WEB))
            .doc(
                    "Where paths that begin with /admin are served instead of the listeners above. Empty: nowhere. Left out:"
                            + " with all the others. Settings of TLS for them alone begin with admin.listeners.https.")
            .group(GROUP);

    static final ConfigKey<List<RestLogin>> AUTHENTICATION = ConfigKey.listOf("rest.authentication", RestLogin.TYPE)
            .defaultsTo(List.of())
            .check(Check.distinct())
            .doc("How users prove who they are: basic (name and password), bearer (a token), or both. Empty or none:"
                    + " whoever reaches a listener may do everything. Only in Sluice.")
            .group(GROUP)
            .importance(Importance.HIGH);

    static final ConfigKey<String> USERS_FILE = ConfigKey.string("rest.users.file")
            .defaultsTo("config/rest-users.txt")
            .check(Check.nonEmpty())
            .doc("File with names, roles and hashed passwords for basic; sluice rest-users writes it. It is read again"
                    + " within ten seconds of a change. Only in Sluice.")
            .group(GROUP);

    static final ConfigKey<String> TOKENS_FILE = ConfigKey.string("rest.tokens.file")
            .defaultsTo("config/rest-tokens.txt")
            .check(Check.nonEmpty())
            .doc("File with names, roles and hashed tokens for bearer; sluice rest-tokens writes it. It is read again"
                    + " within ten seconds of a change. Only in Sluice.")
            .group(GROUP);

    static final ConfigKey<List<String>> ALLOWED_ORIGINS = ConfigKey.list("access.control.allow.origin")
            .defaultsTo(List.of())
            .doc("Origins whose web pages may read answers (CORS), such as https://console.example.org, or * for all."
                    + " Empty: none but pages of the same origin.")
            .group(GROUP)
            .importance(Importance.LOW);

    static final ConfigKey<List<String>> ALLOWED_METHODS = ConfigKey.list("access.control.allow.methods")
            .defaultsTo(List.of())
            .check(Check.each(Check.oneOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")))
            .doc("Methods that pages of these origins may use; empty: GET, POST and HEAD.")
            .group(GROUP)
            .importance(Importance.LOW);

    static final ConfigKey<String> HEADERS = ConfigKey.string("response.http.headers.config")
            .defaultsTo("")
            .check(HeaderRule.CHECK)
            .doc(
                    "Headers of every answer, separated by commas: set, add, setDate or addDate, a blank, name:value. A rule"
                            + " whose value has a comma stands in double quotes. Dates are milliseconds from now.")
            .group(GROUP)
            .importance(Importance.LOW);

    static final ConfigKey<List<String>> EXTENSIONS = ConfigKey.list("rest.extension.classes")
            .defaultsTo(List.of())
            .doc("Kafka Connect's extensions of its REST API. None is run here; a warning says what to set instead.")
            .group(GROUP)
            .importance(Importance.LOW);

    static final ConfigKey<Long> REQUEST_BYTES = ConfigKey.size("rest.request.bytes.max")
            .defaultsTo(8L << 20)
            .check(Check.between(1024L, 1L << 30))
            .doc("The largest body of a request; a larger one is answered with 413. Only in Sluice.")
            .group(GROUP)
            .importance(Importance.LOW);

    static final ConfigKey<Integer> REQUEST_RATE = ConfigKey.integer("rest.requests.per.second.max")
            .defaultsTo(0)
            .check(Check.atLeast(0))
            .doc("Requests that one client address may send per second, in bursts of ten seconds' worth; more are"
                    + " answered with 429 and Retry-After. 0: no limit. Only in Sluice.")
            .group(GROUP)
            .importance(Importance.LOW);

    static final ConfigKey<Duration> REQUEST_TIMEOUT = ConfigKey.duration("rest.request.timeout.ms")
            .defaultsTo(Duration.ofSeconds(90))
            .check(Check.atLeast(Duration.ofMillis(1)))
            .doc(
                    "How long an operation may take before it is answered with 500 and the stage it is in; it goes on. Kafka"
                            + " Connect has the same 90 seconds, fixed. Only in Sluice.")
            .group(GROUP)
            .importance(Importance.LOW);

    static final ConfigSpec SPEC = ConfigSpec.of(
                    LISTENERS,
                    ADMIN_LISTENERS,
                    AUTHENTICATION,
                    USERS_FILE,
                    TOKENS_FILE,
                    ALLOWED_ORIGINS,
                    ALLOWED_METHODS,
                    HEADERS,
                    EXTENSIONS,
                    REQUEST_BYTES,
                    REQUEST_RATE,
                    REQUEST_TIMEOUT)
            .plus(TlsKeys.SPEC)
            .plus(TlsKeys.prefixed(HTTPS_PREFIX))
            .plus(TlsKeys.prefixed(ADMIN_HTTPS_PREFIX))
            .rule(RestRules::checkLogins)
            .rule(RestRules::warnOfExtensions)
            .rule(RestRules::warnOfOpenListeners)
            .rule(RestRules::noteUnusedTls);

    private RestKeys() {}

    private static boolean isWeb(URI address) {
        return "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    }
}
