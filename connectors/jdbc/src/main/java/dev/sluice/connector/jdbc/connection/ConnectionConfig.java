package dev.sluice.connector.jdbc.connection;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Password;
import dev.sluice.api.config.Width;
import java.sql.Driver;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a database is reached, read once.
 *
 * @param url the JDBC address
 * @param driver which driver, and where it lies
 * @param properties what the driver gets, user and password among it
 * @param attempts how often a connection is tried before the failure is reported
 * @param backoff the pause between two tries
 * @param timeout how long one try may take
 */
public record ConnectionConfig(
        String url, DriverPlace driver, Properties properties, int attempts, Duration backoff, Duration timeout) {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionConfig.class);
    private static final String GROUP = "Connection";
    private static final String PREFIX = "connection.";

    /** The JDBC address. */
    public static final ConfigKey<String> URL = ConfigKey.string("connection.url")
            .check(Check.of("a JDBC address such as jdbc:postgresql://host:5432/database", ConnectionConfig::isJdbc))
            .doc("JDBC address of the database. Keep user and password out of it: they have settings of their own.")
            .importance(Importance.HIGH)
            .group(GROUP)
            .width(Width.LONG);

    /** The user. */
    public static final ConfigKey<String> USER = ConfigKey.string("connection.user")
            .alias("connection.username")
            .optional()
            .doc("User of the database.")
            .importance(Importance.HIGH)
            .group(GROUP)
            .width(Width.MEDIUM);

    /** The password. */
    public static final ConfigKey<Password> PASSWORD = ConfigKey.password("connection.password")
            .optional()
            .doc("Password of the user.")
            .importance(Importance.HIGH)
            .group(GROUP)
            .width(Width.MEDIUM);

    /** How often a connection is tried. */
    public static final ConfigKey<Integer> ATTEMPTS = ConfigKey.integer("connection.attempts")
            .defaultsTo(3)
            .check(Check.between(1, 1_000))
            .doc("How often a connection is tried before the failure is reported. The task then tries again by the"
                    + " connector's restart policy.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** The pause between two tries. */
    public static final ConfigKey<Duration> BACKOFF = ConfigKey.duration("connection.backoff.ms")
            .defaultsTo(Duration.ofSeconds(10))
            .check(Check.between(Duration.ZERO, Duration.ofMinutes(10)))
            .doc("Pause between two tries to connect.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** How long one try may take. */
    public static final ConfigKey<Duration> TIMEOUT = ConfigKey.duration("connection.timeout.ms")
            .extended()
            .defaultsTo(Duration.ofSeconds(10))
            .check(Check.between(Duration.ofMillis(250), Duration.ofMinutes(10)))
            .doc("How long one try to connect may take.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** Where a driver lies that is not in the plugin's folder. */
    public static final ConfigKey<List<String>> DRIVER_PATH = ConfigKey.list("driver.path")
            .extended()
            .defaultsTo(List.of())
            .doc(
                    "Jar files of the JDBC driver, or folders of them, by their full names. Not needed for PostgreSQL, whose"
                            + " driver is shipped, nor for drivers whose jar lies in the connector's plugin folder.")
            .importance(Importance.MEDIUM)
            .group(GROUP)
            .width(Width.LONG);

    /** The driver's class. */
    public static final ConfigKey<String> DRIVER_CLASS = ConfigKey.className("driver.class")
            .extended()
            .optional()
            .doc("Class of the JDBC driver. Needed only for a driver that does not announce itself.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.LONG);

    /** All of them. Every other setting that begins with {@code connection.} goes to the driver. */
    public static final ConfigSpec SPEC = ConfigSpec.of(
                    URL, USER, PASSWORD, ATTEMPTS, BACKOFF, TIMEOUT, DRIVER_PATH, DRIVER_CLASS)
            .openPrefix(PREFIX)
            .rule(ConnectionConfig::noteForeign);

    /** Settings of other connectors' pools: accepted, without effect, and kept from the driver. */
    private static final Map<String, String> FOREIGN = Map.of(
            "connection.provider", "There is one pool of connections, which needs no choice.",
            "connection.pool.min_size", "A task opens the connections that it needs, when it needs them.",
            "connection.pool.max_size", "A task needs one or two connections and never opens more.",
            "connection.pool.acquire_increment", "Connections are opened one by one.",
            "connection.pool.timeout", "A connection lives as long as its task needs it.",
            "connection.restart.on.errors", "A lost connection is always replaced.");

    private static final Set<String> OWN = Set.of(
            URL.name(),
            USER.name(),
            "connection.username",
            PASSWORD.name(),
            ATTEMPTS.name(),
            BACKOFF.name(),
            TIMEOUT.name());

    /** Reads the settings. */
    public static ConnectionConfig of(Config config) {
        DriverPlace driver = new DriverPlace(config.find(DRIVER_CLASS).orElse(null), config.get(DRIVER_PATH));
        return new ConnectionConfig(
                config.get(URL),
                driver,
                properties(config),
                config.get(ATTEMPTS),
                config.get(BACKOFF),
                config.get(TIMEOUT));
    }

    /**
     * Looks for the driver, without connecting.
     *
     * @param settings those of the connection among others; nothing is said where they have errors of their own
     * @return why there is none, with the jar and the folder that it belongs into; empty if there is one
     */
    public static List<ConfigProblem> driverProblems(Map<String, String> settings) {
        Map<String, @Nullable String> given = new HashMap<>(settings);
        if (SPEC.validate(given).errorCount() > 0) {
            return List.of();
        }
        ConnectionConfig config = of(SPEC.parse(given));
        try {
            Driver found = Drivers.find(config.url, config.driver);
            LOG.atDebug().log("the driver is {}", found.getClass().getName());
            return List.of();
        } catch (ConfigException missing) {
            return missing.problems();
        }
    }

    private static void noteForeign(Config config, ConfigProblems problems) {
        new TreeMap<>(FOREIGN).forEach((name, note) -> {
            if (config.originals().containsKey(name)) {
                problems.add(ConfigProblem.note(name, "Setting " + name + " has no effect here.", note));
            }
        });
    }

    private static Properties properties(Config config) {
        Properties properties = new Properties();
        new TreeMap<>(config.originals()).forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !OWN.contains(name) && !FOREIGN.containsKey(name)) {
                properties.setProperty(name.substring(PREFIX.length()), value);
            }
        });
        config.find(USER).ifPresent(user -> properties.setProperty("user", user));
        config.find(PASSWORD).ifPresent(password -> properties.setProperty("password", password.reveal()));
        return properties;
    }

    private static boolean isJdbc(String url) {
        return url.regionMatches(true, 0, "jdbc:", 0, 5) && url.length() > 5;
    }

    /** Returns these settings with more for the driver; what the user set himself stays. */
    public ConnectionConfig withDefaults(Map<String, String> more) {
        Properties all = new Properties();
        all.putAll(more);
        all.putAll(properties);
        return new ConnectionConfig(url, driver, all, attempts, backoff, timeout);
    }

    /** Returns these settings with more for the driver, which replaces what the user set. */
    public ConnectionConfig with(Map<String, String> more) {
        Properties all = new Properties();
        all.putAll(properties);
        all.putAll(more);
        return new ConnectionConfig(url, driver, all, attempts, backoff, timeout);
    }

    /** Returns the address without any secret in it. */
    public String shownUrl() {
        return SqlText.withoutSecrets(url);
    }

    /** Returns the user, or null if the settings name none. */
    public @Nullable String user() {
        return properties.getProperty("user");
    }

    /** Never shows what the driver gets: the password is in it. */
    @Override
    public String toString() {
        return "ConnectionConfig[" + shownUrl() + "]";
    }
}
