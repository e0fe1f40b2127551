package dev.sluice.runtime.config;

import dev.sluice.api.config.Config;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settings of the REST API. Immutable. */
public final class RestConfig {
    private static final List<String> CORS_METHODS = List.of("GET", "POST", "HEAD");

    private final Config config;

    RestConfig(Config config) {
        this.config = config;
    }

    /**
     * Reads the settings of the REST API alone.
     *
     * @param settings texts by name
     * @throws dev.sluice.api.config.ConfigException with every problem at once
     */
    public static RestConfig parse(Map<String, String> settings) {
        return WorkerConfig.parse(settings).rest();
    }

    /** Returns where REST listens; each has host and port. Port 0 is any free one. */
    public List<URI> listeners() {
        return config.get(RestKeys.LISTENERS);
    }

    /** Returns where paths under {@code /admin} are served; empty: with the others; an empty list: nowhere. */
    public Optional<List<URI>> adminListeners() {
        return config.find(RestKeys.ADMIN_LISTENERS);
    }

    /** Returns how users log in; empty: not at all. */
    public Set<RestLogin> logins() {
        Set<RestLogin> logins = EnumSet.noneOf(RestLogin.class);
        logins.addAll(config.get(RestKeys.AUTHENTICATION));
        logins.remove(RestLogin.NONE);
        return logins;
    }

    /** Returns the file of users, absolute. */
    public Path usersFile() {
        return Path.of(config.get(RestKeys.USERS_FILE)).toAbsolutePath().normalize();
    }

    /** Returns the file of tokens, absolute. */
    public Path tokensFile() {
        return Path.of(config.get(RestKeys.TOKENS_FILE)).toAbsolutePath().normalize();
    }

    /** Returns the origins whose pages may read answers; {@code *} stands for all. */
    public List<String> allowedOrigins() {
        return config.get(RestKeys.ALLOWED_ORIGINS);
    }

    /** Returns the methods that these pages may use. */
    public List<String> allowedMethods() {
        List<String> given = config.get(RestKeys.ALLOWED_METHODS);
        return given.isEmpty() ? CORS_METHODS : given;
    }

    /** Returns the headers of every answer. */
    public List<HeaderRule> headers() {
        return HeaderRule.parse(config.get(RestKeys.HEADERS));
    }

    /** Returns the size of the largest body. */
    public long requestBytesMax() {
        return config.get(RestKeys.REQUEST_BYTES);
    }

    /** Returns how many requests a client may send per second; 0 for any number. */
    public int requestsPerSecondMax() {
        return config.get(RestKeys.REQUEST_RATE);
    }

    /** Returns how long an operation may take before it is answered as late. */
    public Duration requestTimeout() {
        return config.get(RestKeys.REQUEST_TIMEOUT);
    }

    /** Returns the TLS of the listeners; as in Kafka Connect, one setting with the prefix turns off those without. */
    public TlsConfig tls() {
        return tls(RestKeys.HTTPS_PREFIX);
    }

    /** Returns the TLS of the listeners of {@code /admin}. */
    public TlsConfig adminTls() {
        return tls(RestKeys.ADMIN_HTTPS_PREFIX);
    }

    private TlsConfig tls(String prefix) {
        boolean isOwn = config.originals().keySet().stream().anyMatch(name -> name.startsWith(prefix));
        return isOwn ? new TlsConfig(prefix, config.withPrefix(prefix)) : new TlsConfig("", config);
    }
}
