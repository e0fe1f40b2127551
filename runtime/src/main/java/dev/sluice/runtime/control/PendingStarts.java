package dev.sluice.runtime.control;

import dev.sluice.runtime.secret.Resolved;
import dev.sluice.runtime.secret.SecretResolver;
import dev.sluice.runtime.secret.Secrets;
import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.task.TaskId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Holds back the start of connectors and tasks until the variables of their settings are replaced, which may take a
 * provider its time. Owned by the herder's thread, which does not wait; settings without variables start at once.
 */
final class PendingStarts {
    private final Secrets secrets;
    private final Executor owner;
    private final Map<TaskId, RunListener> pending = new HashMap<>();

    /**
     * Makes starts wait for secrets.
     *
     * @param owner runs work on the herder's thread
     */
    PendingStarts(Secrets secrets, Executor owner) {
        this.secrets = secrets;
        this.owner = owner;
    }

    /** What happens to one start in the end. */
    interface Start {
        /** Starts the thread. */
        void with(RunListener listener, Resolved resolved);

        /** Reports that there is nothing to start it with. */
        void refused(RunListener listener, Throwable refused);
    }

    /** Starts threads of one connector, now or once its variables are replaced. */
    void begin(String name, StoredConnector connector, List<RunListener> listeners, Start start) {
        CompletableFuture<Resolved> resolved = secrets.use(name, connector.config());
        if (!SecretResolver.hasVariables(connector.config())) {
            end(listeners, start, resolved);
            return;
        }
        listeners.forEach(listener -> pending.put(listener.id(), listener));
        CompletableFuture<Resolved> unused = resolved.whenComplete((done, failed) -> owner.execute(() -> end(
                listeners.stream()
                        .filter(listener -> pending.remove(listener.id(), listener))
                        .toList(),
                start,
                resolved)));
    }

    private static void end(List<RunListener> listeners, Start start, CompletableFuture<Resolved> resolved) {
        for (RunListener listener : listeners) {
            try {
                start.with(listener, resolved.join());
            } catch (CompletionException refused) {
                start.refused(listener, refused.getCause() == null ? refused : refused.getCause());
            }
        }
    }

    /** Lets starts that still wait be over, as if their threads had ended. */
    void cancel(List<TaskId> ids) {
        for (TaskId id : ids) {
            RunListener listener = pending.remove(id);
            if (listener != null) {
                listener.onEnded();
            }
        }
    }

    /** Lets everything that waits be over. */
    void cancelAll() {
        cancel(List.copyOf(pending.keySet()));
    }

    /** Forgets the secrets of a connector that is gone. */
    void forget(String name) {
        secrets.forget(name);
    }
}
