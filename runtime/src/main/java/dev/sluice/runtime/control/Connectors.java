package dev.sluice.runtime.control;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.runtime.config.InitialState;
import dev.sluice.runtime.flow.HealthReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The connectors of a worker, and everything that can be done with them.
 *
 * <p>Any thread may call; every method returns at once. Changes of one connector happen one after the other, in the order in
 * which they were asked for; those of different connectors never wait for each other. Futures complete on a thread of the
 * worker, so hop to your own; what was refused fails them with a {@link RequestRefused}. Settings in answers are as they
 * were stored: variables unresolved, secrets in clear. Mask them before anybody sees them.
 */
public interface Connectors {
    /** Returns the worker's address, as statuses name it. */
    String workerId();

    /** Returns the identity of the cluster whose log the worker uses. */
    String clusterId();

    /** Returns which connectors are not well; cheap. */
    HealthReport health();

    /** Returns the names of all connectors, sorted. */
    List<String> names();

    /** Returns the connector of that name as it is now. */
    Optional<ConnectorView> connector(String name);

    /** Returns what is remarkable about a connector's settings though they can be used; empty as long as nobody has looked. */
    default List<ConfigProblem> warnings(String name) {
        return List.of();
    }

    /** Returns all connectors as they are now, sorted by name. */
    List<ConnectorView> all();

    /**
     * Stores a new connector and starts it as asked.
     *
     * @return completes once the connector's tasks are known, or its start failed or takes its time
     */
    CompletableFuture<Configured> create(String name, Map<String, String> config, InitialState initial);

    /** Stores a connector's settings, new or not, and starts it with them; a target state that it has stays. */
    CompletableFuture<Configured> configure(String name, Map<String, String> config);

    /** Changes some settings; null removes one. */
    CompletableFuture<Configured> patch(String name, Map<String, @Nullable String> changes);

    /** Stops and forgets a connector. Its topics stay; its source offsets and its group's stay too. */
    CompletableFuture<Void> delete(String name);

    /** Lets the tasks stay, idle; completes when that is stored. */
    CompletableFuture<Void> pause(String name);

    /** Lets a paused or stopped connector run again; completes when that is stored. */
    CompletableFuture<Void> resume(String name);

    /** Ends the tasks and forgets their settings; completes when that is stored. */
    CompletableFuture<Void> stop(String name);

    /** Starts a connector anew, with its tasks as the scope says; completes with what is planned. */
    CompletableFuture<ConnectorView> restart(String name, RestartScope scope);

    /** Starts one task anew. */
    CompletableFuture<Void> restartTask(String name, int task);

    /** Returns a connector's offsets: a source's stored ones, or those of a sink's group. */
    CompletableFuture<List<OffsetEntry>> offsets(String name);

    /**
     * Changes offsets of a stopped connector.
     *
     * @return what was done, in a sentence
     */
    CompletableFuture<String> alterOffsets(String name, List<OffsetEntry> offsets);

    /**
     * Sets all offsets of a stopped connector.
     *
     * @return what was done, in a sentence
     */
    CompletableFuture<String> resetOffsets(String name, OffsetReset to);

    /** Returns a connector's last settings, the newest last; empty if there is no such connector. */
    Optional<List<ConfigVersion>> history(String name);

    /** Takes the settings of an earlier version as new ones. */
    CompletableFuture<Configured> rollback(String name, int version);

    /** Returns the topics that a connector used since it was made or these were reset. */
    CompletableFuture<Set<String>> topics(String name);

    /** Forgets which topics a connector used. */
    CompletableFuture<Void> resetTopics(String name);
}
