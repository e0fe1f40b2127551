package dev.sluice.runtime.secret;

import dev.sluice.api.config.ConfigData;
import dev.sluice.api.config.ConfigProvider.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that values changed which connectors got from config providers, and says which connectors use them: by the
 * provider's word where it can tell, and by looking again when the time of a value is over.
 *
 * <p>A change counts once, when a value differs from the one in use; one that went away does not count, for a connector is
 * better off with the old one. Changes that come close together are told together. All state is owned by the thread {@code
 * secret-watch}, which exists only while a connector has variables to watch.
 */
final class ChangeWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);
    /** Several files of one rotation, or several writes of one file, make one restart. */
    private static final Duration GATHERING = Duration.ofMillis(250);

    private final SecretResolver resolver;
    private final Consumer<Set<String>> onChanged;
    private final ScheduledThreadPoolExecutor owner;
    private final Map<String, Watched> watched = new HashMap<>();
    private final Set<String> changed = new TreeSet<>();
    private boolean isTelling;

    /**
     * Watches nothing yet.
     *
     * @param onChanged told the names of connectors, on the watch's thread; returns at once
     */
    ChangeWatch(SecretResolver resolver, Consumer<Set<String>> onChanged) {
        this.resolver = resolver;
        this.onChanged = onChanged;
        this.owner = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "secret-watch");
            thread.setDaemon(true);
            return thread;
        });
        owner.setRemoveOnCancelPolicy(true);
    }

    /** What one connector uses. */
    private static final class Watched {
        private final Map<String, String> given;
        private final Set<Variable> variables;
        private final Map<Variable, String> known = new HashMap<>();
        private final List<Ending> subscriptions = new ArrayList<>();
        private @Nullable ScheduledFuture<?> expiry;
        private boolean isOver;

        Watched(Map<String, String> given, Set<Variable> variables) {
            this.given = given;
            this.variables = variables;
        }
    }

    /** How to end a subscription. */
    private record Ending(String alias, Subscription subscription) {}

    /**
     * Watches what a connector uses from now on, in place of what it used before.
     *
     * @param resolved what it got; null if it got nothing, so that anything new is a change
     */
    void watch(String connector, Map<String, String> given, @Nullable Resolved resolved) {
        run(() -> {
            Watched before = watched.get(connector);
            Set<Variable> variables = SecretResolver.variables(given);
            Watched now = before;
            if (before == null || !before.given.equals(given)) {
                end(connector);
                now = new Watched(Map.copyOf(given), variables);
                watched.put(connector, now);
                subscribe(connector, now);
            }
            Watched current = Objects.requireNonNull(now);
            if (resolved != null) {
                current.known.clear();
                current.known.putAll(resolved.variables());
                expireAfter(connector, current, resolved.ttl().orElse(null));
            }
        });
    }

    /** Watches nothing for a connector any more. */
    void forget(String connector) {
        if (!owner.isShutdown() && owner.getTaskCount() > 0) {
            run(() -> end(connector));
        }
    }

    private void run(Runnable work) {
        try {
            owner.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException fault) { // The watch must go on for all others.
                    LOG.atError().setCause(fault).log("a fault while secrets were watched");
                }
            });
        } catch (RejectedExecutionException closed) {
            LOG.atTrace().log("the watch is closed");
        }
    }

    private void end(String connector) {
        Watched over = watched.remove(connector);
        changed.remove(connector);
        if (over == null) {
            return;
        }
        over.isOver = true;
        over.subscriptions.forEach(each -> resolver.providers().end(each.alias(), each.subscription()));
        if (over.expiry != null) {
            over.expiry.cancel(false);
        }
    }

    private void subscribe(String connector, Watched now) {
        Map<SecretResolver.Place, Set<String>> places = resolver.places(now.variables);
        places.forEach((place, keys) -> {
            var unused = resolver.providers()
                    .subscribe(
                            place.provider(),
                            place.path(),
                            Set.copyOf(keys),
                            (path, data) -> run(() -> compare(connector, now, place, data)))
                    .whenComplete((subscription, failed) -> run(() -> {
                        if (failed != null) {
                            LOG.atWarn()
                                    .addKeyValue("connector", connector)
                                    .addKeyValue("provider", place.provider())
                                    .addKeyValue("error", failed.getMessage())
                                    .log("changes of its secrets cannot be watched");
                        } else {
                            subscription.ifPresent(given -> keep(connector, now, place, keys, given));
                        }
                    }));
        });
    }

    /** What changed between the look-up and the subscription nobody told: it is looked up once more. */
    private void keep(
            String connector, Watched now, SecretResolver.Place place, Set<String> keys, Subscription subscription) {
        if (now.isOver) {
            resolver.providers().end(place.provider(), subscription);
            return;
        }
        now.subscriptions.add(new Ending(place.provider(), subscription));
        var unused = resolver.providers()
                .get(place.provider(), place.path(), Set.copyOf(keys))
                .thenAccept(data -> run(() -> compare(connector, now, place, data)));
    }

    private void compare(String connector, Watched now, SecretResolver.Place place, ConfigData data) {
        boolean isChange = false;
        for (Variable variable : now.variables) {
            String value = data.data().get(variable.key());
            if (place.has(variable) && value != null && !value.equals(now.known.put(variable, value))) {
                isChange = true;
            }
        }
        if (isChange && !now.isOver) {
            tell(connector);
        }
    }

    private void tell(String connector) {
        changed.add(connector);
        if (!isTelling) {
            isTelling = true;
            ScheduledFuture<?> unused = later(GATHERING, () -> {
                isTelling = false;
                Set<String> told = new HashSet<>(changed);
                changed.clear();
                if (!told.isEmpty()) {
                    onChanged.accept(told);
                }
            });
        }
    }

    private @Nullable ScheduledFuture<?> later(Duration pause, Runnable work) {
        try {
            return owner.schedule(() -> run(work), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            return null;
        }
    }

    private void expireAfter(String connector, Watched now, @Nullable Duration ttl) {
        if (now.expiry != null) {
            now.expiry.cancel(false);
        }
        now.expiry = ttl == null ? null : later(ttl, () -> lookAgain(connector, now, ttl));
    }

    private void lookAgain(String connector, Watched now, Duration ttl) {
        var unused = resolver.resolve(now.given)
                .whenComplete((resolved, failed) -> run(() -> {
                    if (now.isOver) {
                        return;
                    }
                    if (failed != null) {
                        LOG.atWarn()
                                .addKeyValue("connector", connector)
                                .addKeyValue("error", failed.getMessage())
                                .log("its secrets cannot be looked up again; it goes on with those it has");
                        expireAfter(connector, now, ttl);
                        return;
                    }
                    if (!resolved.variables().equals(now.known)) {
                        now.known.clear();
                        now.known.putAll(resolved.variables());
                        tell(connector);
                    }
                    expireAfter(connector, now, resolved.ttl().orElse(null));
                }));
    }

    /** Ends all subscriptions with their providers, and the thread. */
    @Override
    public void close() {
        owner.shutdownNow();
    }
}
