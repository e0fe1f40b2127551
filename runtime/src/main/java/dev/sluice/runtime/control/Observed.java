package dev.sluice.runtime.control;

import dev.sluice.api.error.ErrorCategory;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.config.RestartSettings;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.flow.FlowSubject;
import dev.sluice.runtime.flow.FlowSubjects;
import dev.sluice.runtime.flow.FlowUnit;
import dev.sluice.runtime.flow.Life;
import dev.sluice.runtime.flow.Retry;
import dev.sluice.runtime.flow.SinkReads;
import dev.sluice.runtime.flow.Trouble;
import dev.sluice.runtime.secret.SecretResolver;
import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.task.Stage;
import dev.sluice.runtime.task.TaskId;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Shows the plan's entries, and what runs of them, to the monitor of flows; on its thread. */
final class Observed implements FlowSubjects {
    private static final double MIDDLE = 0.5;

    private final PlanLoop loop;
    private final Runs runs;
    private final Views views;
    private final WorkerConfig worker;
    private final SecretResolver resolver;
    private final Clock clock;
    /** What each connector's settings say: they are read once for each stored config, not for each look. */
    private final Map<String, Known> known = new HashMap<>();

    Observed(PlanLoop loop, Runs runs, Views views, WorkerConfig worker, SecretResolver resolver, Clock clock) {
        this.loop = loop;
        this.runs = runs;
        this.views = views;
        this.worker = worker;
        this.resolver = resolver;
        this.clock = clock;
    }

    private record Known(
            StoredConnector connector, RestartSettings restarts, CompletableFuture<Optional<SinkReads>> reads) {}

    @Override
    public List<FlowSubject> all() {
        Map<String, Entry> entries = loop.state().entries();
        known.keySet().retainAll(entries.keySet());
        return entries.values().stream()
                .flatMap(entry -> subject(entry).stream())
                .toList();
    }

    @Override
    public Optional<FlowSubject> find(String name) {
        return loop.state().entry(name).flatMap(this::subject);
    }

    /** One that is deleted and still ends is nobody's concern any more. */
    private Optional<FlowSubject> subject(Entry entry) {
        StoredConnector wanted = entry.wanted();
        if (wanted == null) {
            return Optional.empty();
        }
        Known is = known(entry.name(), wanted);
        List<FlowUnit> tasks = IntStream.range(0, entry.tasks().size())
                .mapToObj(index -> unit(entry, index, entry.tasks().get(index), is))
                .toList();
        FlowUnit connector = unit(entry, TaskId.CONNECTOR, entry.connector(), is);
        boolean waitsForTasks = connector.life() == Life.RUNNING && tasks.isEmpty() && !entry.isSettled();
        return Optional.of(new FlowSubject(
                entry.name(),
                waitsForTasks
                        ? new FlowUnit(Life.STARTING, connector.trouble(), connector.thread(), connector.counters())
                        : connector,
                tasks,
                is.reads().getNow(Optional.empty()).orElse(null)));
    }

    private FlowUnit unit(Entry entry, int index, Unit unit, Known is) {
        Optional<Runs.Run> run = runs.find(entry.id(index), unit.run());
        return new FlowUnit(
                life(unit),
                trouble(entry, unit, is.restarts()),
                run.map(Runs.Run::thread).orElse(null),
                run.map(Runs.Run::counters).orElse(null));
    }

    private static Life life(Unit unit) {
        return switch (unit.state()) {
            case UNASSIGNED, RESTARTING -> Life.STARTING;
            case RUNNING, STUCK -> Life.RUNNING;
            case PAUSED -> Life.PAUSED;
            case STOPPED -> Life.STOPPED;
            case FAILED -> Life.FAILED;
        };
    }

    private @Nullable Trouble trouble(Entry entry, Unit unit, RestartSettings restarts) {
        String trace = unit.trace();
        if (unit.isFailed() && trace != null) {
            boolean isRecord = unit.recovery().category() == ErrorCategory.RECORD;
            return new Trouble(
                    sentence(trace), isRecord, unit.recovery().coordinates(), restart(entry, unit, restarts));
        }
        String reason = entry.target().reason();
        return unit.state() == RunState.PAUSED && reason != null ? new Trouble(reason, false, null, null) : null;
    }

    /** The first line of a trace is the sentence; what stands in brackets at its end repeats what is known here. */
    private static String sentence(String trace) {
        int end = trace.indexOf('\n');
        String line = end < 0 ? trace : trace.substring(0, end);
        int where = line.lastIndexOf(" [connector=");
        return where < 0 ? line : line.substring(0, where);
    }

    /** While the thread of what failed still ends, nothing is planned yet, but it is known what will be. */
    private @Nullable Retry restart(Entry entry, Unit unit, RestartSettings restarts) {
        Recovery recovery = unit.recovery();
        if (recovery.isPlanned()) {
            return new Retry(
                    Stage.START.words(), recovery.restarts() + 1, restarts.attemptsMax(), recovery.nextAtMillis());
        }
        if (!unit.isAlive() || entry.isEnding()) {
            return null;
        }
        return RestartPolicy.decide(restarts, recovery, clock.millis(), MIDDLE)
                .map(restart -> new Retry(Stage.START.words(), restart.number(), restarts.attemptsMax(), 0))
                .orElse(null);
    }

    @SuppressWarnings("ReferenceEquality") // The same stored object says the same; comparing settings would cost more.
    private Known known(String name, StoredConnector wanted) {
        Known last = known.get(name);
        if (last == null || last.connector() != wanted) {
            last = new Known(wanted, ConnectorConfig.restarts(wanted.config()), reads(name, wanted));
            known.put(name, last);
        }
        return last;
    }

    /** Settings that cannot be read tell nothing of topics; the connector fails for them and says so. */
    private CompletableFuture<Optional<SinkReads>> reads(String name, StoredConnector wanted) {
        if (views.kind(name, wanted) != PluginKind.SINK) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return resolver.resolve(wanted.config())
                .thenApply(resolved -> {
                    ConnectorConfig settings = ConnectorConfig.parse(resolved.values(), PluginKind.SINK, worker);
                    return Optional.of(new SinkReads(settings.sinkGroup(), settings));
                })
                .exceptionally(unreadable -> Optional.empty());
    }
}
