package dev.sluice.runtime.config;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblems;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What holds between the settings of a worker. */
final class WorkerRules {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> ANY_HOST = Set.of("0.0.0.0", "[::]");

    private WorkerRules() {}

    /** Refuses an outside Kafka: writing to the built-in log instead would misdirect data without a word. */
    static void checkBootstrapServers(Config config, ConfigProblems problems) {
        List<URI> own = config.get(WorkerKeys.BROKER_LISTENERS);
        for (String server : config.get(WorkerKeys.BOOTSTRAP_SERVERS)) {
            if (own.stream().noneMatch(listener -> isSame(listener, server))) {
                problems.error(
                        WorkerKeys.BOOTSTRAP_SERVERS,
                        "Cannot work with bootstrap.servers=" + server + ": an outside Kafka is not supported yet, and"
                                + " records meant for it would go to the built-in broker instead.",
                        "Remove bootstrap.servers to use the built-in broker.");
            }
        }
    }

    private static boolean isSame(URI listener, String server) {
        int colon = server.lastIndexOf(':');
        if (colon < 0 || !server.substring(colon + 1).equals(Integer.toString(listener.getPort()))) {
            return false;
        }
        String host = server.substring(0, colon);
        return host.equalsIgnoreCase(listener.getHost())
                || (LOOPBACK.contains(host)
                        && (LOOPBACK.contains(listener.getHost()) || ANY_HOST.contains(listener.getHost())));
    }

    static void checkStorageTopics(Config config, ConfigProblems problems) {
        Set<String> topics = new HashSet<>();
        for (ConfigKey<String> key :
                List.of(WorkerKeys.CONFIG_TOPIC, WorkerKeys.OFFSET_TOPIC, WorkerKeys.STATUS_TOPIC)) {
            if (!topics.add(config.get(key))) {
                problems.error(
                        key,
                        "Cannot use " + key.name() + "=" + config.get(key) + ": another kind of state is kept there.",
                        "Give configs, offsets and statuses a topic each.");
            }
        }
    }

    static void noteWhatHasNoEffect(Config config, ConfigProblems problems) {
        if (config.isSet(WorkerKeys.OFFSET_FILE)) {
            problems.add(ConfigProblem.note(
                    WorkerKeys.OFFSET_FILE.name(),
                    "Setting offset.storage.file.filename has no effect: source offsets are kept in the topic "
                            + config.get(WorkerKeys.OFFSET_TOPIC) + ".",
                    null));
        }
        for (String side : List.of("key", "value")) {
            String internal = "internal." + side + ".converter";
            if (config.originals().containsKey(internal)) {
                problems.add(ConfigProblem.note(
                        internal,
                        "Setting " + internal + " has no effect: internal data is always JSON without schemas, as in"
                                + " Kafka Connect since 3.0.",
                        null));
            }
        }
    }
}
