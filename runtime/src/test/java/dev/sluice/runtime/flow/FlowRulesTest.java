package dev.sluice.runtime.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every verdict and every border between two, in one table. */
class FlowRulesTest {
    private static final long NOW = Instant.parse("2026-08-01T12:00:00Z").toEpochMilli();
    private static final long STALLED = 10_000;
    private static final long BUDGET = 30_000;
    private static final long UNCONFIRMED = 300_000;
    private static final FlowLimits LIMITS = new FlowLimits(STALLED, BUDGET, UNCONFIRMED);

    /** Facts in the making; each row of the table changes what it is about. */
    private record Case(
            Life life, @Nullable Trouble trouble, @Nullable Activity activity, Work work, Moves moves) {
        /** A task that has nothing to do and never had. */
        private static Case idle(boolean isSink) {
            Work nothing = new Work(isSink, 0L, 0L, 0, false, false);
            return new Case(Life.RUNNING, null, thread(null, 0, 0, null), nothing, new Moves(0, 0, NOW, NOW));
        }

        static Case sink() {
            return idle(true);
        }

        static Case source() {
            return idle(false);
        }

        private static Activity thread(@Nullable String call, long callMillis, long stepMillis, @Nullable Retry retry) {
            return new Activity("task-orders-0", false, call, NOW - callMillis, NOW - stepMillis, retry);
        }

        Case life(Life changed) {
            return new Case(changed, trouble, activity, work, moves);
        }

        Case trouble(String sentence, boolean isRecord, @Nullable String coordinates, @Nullable Retry restart) {
            return new Case(life, new Trouble(sentence, isRecord, coordinates, restart), activity, work, moves);
        }

        Case noThread() {
            return with(null);
        }

        Case ended() {
            return with(new Activity("task-orders-0", true, null, NOW, NOW, null));
        }

        Case call(String call, long millis) {
            return with(thread(call, millis, millis, null));
        }

        Case step(long millis) {
            return with(thread(null, 0, millis, null));
        }

        Case retry(int attempt, long nextMillis) {
            return with(thread(null, 0, 500, new Retry("put", attempt, 0, nextMillis)));
        }

        Case retryUnderWay(long callMillis) {
            return with(thread("put", callMillis, callMillis, new Retry("put", 3, 0, NOW - callMillis)));
        }

        private Case with(@Nullable Activity changed) {
            return new Case(life, trouble, changed, work, moves);
        }

        Case lag(long records, long millis) {
            return work(new Work(work.isSink(), records, millis, records, false, false));
        }

        Case handedOver(long records, long millis) {
            return work(new Work(work.isSink(), records, millis, records, true, false));
        }

        Case jammed(long records, long millis) {
            return work(new Work(work.isSink(), records, millis, records, false, true));
        }

        private Case work(Work changed) {
            return new Case(life, trouble, activity, changed, moves);
        }

        /** Last read, last written, last taken or without work, last confirmed: so long ago. */
        Case moves(long read, long write, long rest, long confirm) {
            Moves changed = new Moves(NOW - read, NOW - write, NOW - rest, NOW - confirm);
            return new Case(life, trouble, activity, work, changed);
        }

        FlowFacts facts() {
            return new FlowFacts(life, trouble, activity, work, moves, LIMITS);
        }
    }

    private static final Case BUSY_SINK = Case.sink().lag(5, 3_000).moves(100, 100, 100, 100);
    private static final Case BUSY_SOURCE = Case.source().lag(5, 3_000).moves(100, 100, 100, 100);

    /** What was planned comes first, whatever else there is; the lag stays in sight. */
    static Stream<Arguments> planned() {
        Case paused = Case.sink().life(Life.PAUSED);
        Case stopped = Case.sink().life(Life.STOPPED).noThread();
        return Stream.of(
                row(paused, Verdict.PAUSED, "It was paused."),
                row(
                        BUSY_SINK.life(Life.PAUSED).call("put", BUDGET),
                        Verdict.PAUSED,
                        "It was paused. 5 records wait, the oldest since 3 s."),
                row(
                        paused.trouble("11 records failed within 60 s.", false, null, null),
                        Verdict.PAUSED,
                        "The worker paused it: 11 records failed within 60 s."),
                row(stopped, Verdict.STOPPED, "It was stopped."),
                row(stopped.lag(1, 0), Verdict.STOPPED, "It was stopped. 1 record waits."));
    }

    static Stream<Arguments> failed() {
        Case failed = Case.sink().life(Life.FAILED);
        return Stream.of(
                row(
                        failed.trouble("Cannot reach it.", false, null, new Retry("start", 2, 10, NOW + 4_000)),
                        Verdict.RETRYING,
                        "It failed and is restarted, attempt 2 of 10 at 2026-08-01T12:00:04Z: Cannot reach it."),
                row(
                        failed.trouble("Cannot reach it.", false, null, new Retry("start", 10, 10, NOW)),
                        Verdict.RETRYING,
                        "It failed and is restarted, attempt 10 of 10 now: Cannot reach it."),
                row(
                        failed.trouble("Cannot convert it.", true, "orders-3@1042", null),
                        Verdict.POISON,
                        "The record orders-3@1042 stops all records behind it: Cannot convert it."),
                row(
                        failed.trouble("Cannot convert it.", true, null, null),
                        Verdict.POISON,
                        "A record stops all records behind it: Cannot convert it."),
                row(failed.trouble("Cannot log in.", false, null, null), Verdict.FAILED, "Cannot log in."),
                row(failed, Verdict.FAILED, "It failed."));
    }

    /** A start lasts until its call is over its time, or nobody begins it. */
    static Stream<Arguments> starting() {
        Case starting = Case.sink().life(Life.STARTING);
        String late = "It should have started 10 s ago, and waits for the worker or its log.";
        return Stream.of(
                row(starting.noThread(), Verdict.STARTING, "It is about to start."),
                row(starting.noThread().moves(NOW, NOW, STALLED - 1, 0), Verdict.STARTING, "It is about to start."),
                row(starting.noThread().moves(NOW, NOW, STALLED, 0), Verdict.STALLED, late),
                row(starting.step(STALLED - 1), Verdict.STARTING, "It is about to start."),
                row(starting.step(STALLED), Verdict.STALLED, late),
                row(
                        starting.call("start", BUDGET - 1),
                        Verdict.STARTING,
                        "The plugin call start is under way for 29 s."),
                row(
                        starting.call("start", BUDGET),
                        Verdict.STUCK,
                        "The plugin call start has not come back for 30 s, which is over task.call.timeout.ms=30000."));
    }

    /** A call or a loop that stands still. */
    static Stream<Arguments> hanging() {
        return Stream.of(
                row(BUSY_SINK.call("put", STALLED - 1), Verdict.FLOWING, "Records moved 100 ms ago. 5 records wait,"),
                row(
                        BUSY_SINK.call("put", STALLED),
                        Verdict.STALLED,
                        "The plugin call put has not come back for 10 s. 5 records wait, the oldest since 3 s."),
                row(BUSY_SINK.call("put", BUDGET - 1), Verdict.STALLED, "The plugin call put has not come back for 29"),
                row(
                        BUSY_SINK.call("put", BUDGET),
                        Verdict.STUCK,
                        "The plugin call put has not come back for 30 s, which is over task.call.timeout.ms=30000. 5"),
                row(Case.source().call("poll", STALLED - 1), Verdict.IDLE, "The source has nothing to give."),
                row(Case.source().call("poll", STALLED), Verdict.STALLED, "The plugin call poll has not come back"),
                row(Case.sink().step(STALLED + 4_999), Verdict.IDLE, "There is nothing to read in its topics."),
                row(Case.sink().step(STALLED + 5_000), Verdict.STALLED, "The task has made no step for 15 s."),
                row(Case.source().ended(), Verdict.STALLED, "The thread task-orders-0 has ended, though nobody asked"));
    }

    /** A call over its time is worse than trying again, one that only takes long is not. */
    static Stream<Arguments> retrying() {
        Case still = BUSY_SINK.moves(STALLED, STALLED, STALLED, STALLED);
        String again = "The plugin asked to be called again: put, ";
        return Stream.of(
                row(
                        BUSY_SINK.retry(3, NOW + 7_000),
                        Verdict.RETRYING,
                        again + "attempt 3 at 2026-08-01T12:00:07Z. 5 records wait,"),
                row(still.retry(3, NOW - 1), Verdict.RETRYING, again + "attempt 3 now."),
                row(still.retry(3, 0), Verdict.RETRYING, again + "attempt 3."),
                row(still.retry(0, NOW + 7_000), Verdict.RETRYING, again + "next at 2026-08-01T12:00:07Z."),
                row(still.retryUnderWay(BUDGET - 1), Verdict.RETRYING, again + "attempt 3 now."),
                row(still.retryUnderWay(BUDGET), Verdict.STUCK, "The plugin call put has not come back for 30 s"));
    }

    /** Work that nobody takes, or that a sink took and does not confirm. */
    static Stream<Arguments> still() {
        Case handedOver = Case.sink().handedOver(5, 60_000);
        return Stream.of(
                row(BUSY_SINK.moves(100, STALLED, STALLED - 1, STALLED), Verdict.FLOWING, "Records moved 100 ms ago."),
                row(
                        BUSY_SINK.moves(100, STALLED, STALLED, STALLED),
                        Verdict.STALLED,
                        "The destination has taken nothing for 10 s. 5 records wait, the oldest since 3 s."),
                row(
                        BUSY_SOURCE.moves(100, STALLED, STALLED, STALLED),
                        Verdict.STALLED,
                        "The log has taken nothing for 10 s. 5 records wait, the oldest since 3 s."),
                row(
                        Case.sink().moves(STALLED, STALLED, STALLED, STALLED),
                        Verdict.IDLE,
                        "There is nothing to read in its topics; records last moved 10 s ago."),
                row(
                        handedOver.moves(60_000, 60_000, 0, UNCONFIRMED - 1),
                        Verdict.FLOWING,
                        "All records are handed over. 5 records wait, the oldest since 60 s."),
                row(
                        handedOver.moves(60_000, 60_000, 0, UNCONFIRMED),
                        Verdict.STALLED,
                        "Records are handed over, but none was confirmed for 5 min, so that no offset moves."));
    }

    static Stream<Arguments> moving() {
        Case jammed = Case.sink().jammed(900, 3_000);
        return Stream.of(
                row(
                        jammed.moves(100, 100, 100, 100),
                        Verdict.BACKPRESSURED,
                        "The destination takes less than arrives. 900 records wait, the oldest since 3 s."),
                row(jammed.moves(100, 100, STALLED, 100), Verdict.STALLED, "The destination has taken nothing for 10"),
                row(
                        Case.source().jammed(900, 3_000).moves(100, 100, 100, 100),
                        Verdict.BACKPRESSURED,
                        "The source gives more than the log takes: its buffer is full most of the time."),
                row(BUSY_SINK, Verdict.FLOWING, "Records moved 100 ms ago. 5 records wait, the oldest since 3 s."),
                row(Case.source().moves(NOW, STALLED - 1, 0, 0), Verdict.FLOWING, "Records moved 9 s ago."),
                row(
                        Case.source().moves(NOW, STALLED, 0, 0),
                        Verdict.IDLE,
                        "The source has nothing to give; records last moved 10 s ago."),
                row(Case.source(), Verdict.IDLE, "The source has nothing to give."),
                row(
                        Case.sink().lag(2, 5).moves(3_600_000, 3_600_000, 1_000, 1_000),
                        Verdict.FLOWING,
                        "Records are under way. 2 records wait, the oldest since 5 ms."));
    }

    private static Arguments row(Case facts, Verdict verdict, String reason) {
        return Arguments.of(facts, verdict, reason);
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource({"planned", "failed", "starting", "hanging", "retrying", "still", "moving"})
    void decides(Case given, Verdict verdict, String reason) {
        Flow flow = FlowRules.judge(given.facts(), NOW);
        assertThat(flow.reason()).startsWith(reason).endsWith(".");
        assertThat(flow.verdict()).isEqualTo(verdict);
        assertThat(flow.nextAction()).endsWith(".");
        assertThat(flow.lagRecords()).isEqualTo(given.work().lagRecords());
    }

    @Test
    void theTableHasEveryVerdict() {
        Stream<Arguments> table = Stream.of(planned(), failed(), starting(), hanging(), retrying(), still(), moving())
                .flatMap(part -> part);
        assertThat(table.map(row -> (Verdict) row.get()[1])).contains(Verdict.values());
    }

    @Test
    void aVerdictHoldsSinceItWasFirstGiven() {
        Flow first = FlowRules.judge(Case.sink().facts(), NOW - 5_000);
        Flow same = FlowRules.judge(Case.sink().facts(), NOW).after(first);
        assertThat(same.since()).isEqualTo(Instant.ofEpochMilli(NOW - 5_000));
        Flow other = FlowRules.judge(Case.sink().life(Life.PAUSED).facts(), NOW).after(same);
        assertThat(other.since()).isEqualTo(Instant.ofEpochMilli(NOW));
    }

    private static Flow flow(Verdict verdict, long lag) {
        Instant at = Instant.ofEpochMilli(NOW);
        return new Flow(verdict, at, verdict + " it is.", "Wait.", lag, lag, at, at);
    }

    @Test
    void aConnectorIsAsItsWorstTaskInWhateverOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Verdict[] all = Verdict.values();
        for (int round = 0; round < 2_000; round++) {
            List<Flow> tasks = new ArrayList<>();
            Verdict worst = Verdict.IDLE;
            long lag = 0;
            int count = 1 + random.nextInt(6);
            for (int task = 0; task < count; task++) {
                Verdict verdict = all[random.nextInt(all.length)];
                worst = verdict.compareTo(worst) > 0 ? verdict : worst;
                lag += task;
                tasks.add(flow(verdict, task));
            }
            Flow own = flow(Verdict.IDLE, 0);
            Flow connector = FlowRules.ofConnector(own, tasks);
            assertThat(connector.verdict()).as("seed %d: %s", seed, tasks).isEqualTo(worst);
            assertThat(connector.lagRecords()).isEqualTo(lag);
            Collections.shuffle(tasks, random);
            assertThat(FlowRules.ofConnector(own, tasks).verdict()).isEqualTo(worst);
        }
    }

    @Test
    void aConnectorThatIsNotJustRunningHasAWordToo() {
        List<Flow> tasks = List.of(flow(Verdict.FLOWING, 1));
        assertThat(FlowRules.ofConnector(flow(Verdict.FAILED, 0), tasks).verdict())
                .isEqualTo(Verdict.FAILED);
        assertThat(FlowRules.ofConnector(flow(Verdict.PAUSED, 0), tasks).verdict())
                .isEqualTo(Verdict.PAUSED);
        assertThat(FlowRules.ofConnector(flow(Verdict.IDLE, 0), tasks).verdict())
                .isEqualTo(Verdict.FLOWING);
    }

    @Test
    void namesTheTaskThatIsMeant() {
        List<Flow> tasks = List.of(flow(Verdict.FLOWING, 1), flow(Verdict.STUCK, 2));
        assertThat(FlowRules.ofConnector(flow(Verdict.IDLE, 0), tasks).reason()).isEqualTo("Task 1: STUCK it is.");
    }

    @Test
    void aConnectorWithoutTasksSaysSo() {
        assertThat(FlowRules.ofConnector(flow(Verdict.IDLE, 0), List.of()).reason())
                .isEqualTo("The connector asked for no tasks, so that nothing moves.");
        assertThat(FlowRules.ofConnector(flow(Verdict.STARTING, 0), List.of()).verdict())
                .isEqualTo(Verdict.STARTING);
    }

    @Test
    void aLagThatIsUnknownForOneTaskIsUnknownForAll() {
        Flow unknown = FlowRules.judge(new FlowFacts(Life.STARTING, null, null, Work.NONE, Moves.NONE, LIMITS), NOW);
        List<Flow> tasks = List.of(flow(Verdict.IDLE, 3), unknown);
        assertThat(FlowRules.ofConnector(flow(Verdict.IDLE, 0), tasks).lagRecords())
                .isNull();
    }
}
