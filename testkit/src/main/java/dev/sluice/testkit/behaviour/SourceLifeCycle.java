package dev.sluice.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.ExactlyOnceSupport;
import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeConnectorContext;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.task.SourceTaskHarness;
import dev.sluice.testkit.task.TaskThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a source's author fills in, and the part of the contract that is about starting, waiting and stopping. */
public abstract class SourceLifeCycle extends ConnectorBehaviour<SourceConnector> {
    /** A poll may wait a second; the rest is for a busy machine. */
    private static final Duration POLL_MAX = Duration.ofSeconds(3);

    /**
     * An idle source may use this part of the time. A task that spins uses nearly all of one processor, or its share of a
     * busy machine; one that looks at its outside every 20 ms uses a few hundredths.
     */
    private static final int IDLE_SHARE = 6;

    SourceLifeCycle() {}

    /**
     * Puts texts outside, behind what is there, so that each becomes one record, in this order. The texts hold no line
     * breaks; those for {@link SourceAbility#NON_ASCII} hold any other Unicode character.
     */
    protected abstract void write(List<String> texts) throws Exception;

    /** Returns the text that {@link #write} put outside; by default the record's value as a string. */
    protected String text(SourceRecord record) {
        return String.valueOf(record.value().value());
    }

    /** Returns what the connector can do; everything unless overridden. */
    protected Set<SourceAbility> abilities() {
        return EnumSet.allOf(SourceAbility.class);
    }

    @Override
    final void start(SourceConnector connector) {
        connector.start(new FakeConnectorContext(), config());
    }

    @Override
    final boolean splits() {
        return can(SourceAbility.SPLITS);
    }

    final boolean can(SourceAbility ability) {
        return abilities().contains(ability);
    }

    final SourceTaskHarness startTask(FakeSourceTaskContext context) {
        return startTask(taskSettings(), context);
    }

    private SourceTaskHarness startTask(Map<String, String> settings, FakeSourceTaskContext context) {
        return SourceTaskHarness.start(newPlugin(), settings, context, patience());
    }

    final SourceTaskHarness startTask() {
        return startTask(new FakeSourceTaskContext());
    }

    /** Returns texts that tell their order, with nasty characters where the connector takes them. */
    final List<String> texts(int count) {
        return SampleTexts.of(count, can(SourceAbility.NON_ASCII));
    }

    final List<String> texts(List<SourceRecord> records) {
        return records.stream().map(this::text).toList();
    }

    @Test
    void stopsATaskThatNeverStarted() {
        try (TaskThread thread = new TaskThread("source")) {
            SourceTask task = newPlugin().createTask();
            assertThatCode(() -> thread.run("stop", task::stop)).doesNotThrowAnyException();
        }
    }

    @Test
    void stopsATaskWhoseStartFailed() {
        try (TaskThread thread = new TaskThread("source")) {
            SourceConnector connector = newPlugin();
            SourceTask task = connector.createTask();
            Config config = connector.taskConfigSpec().parse(taskSettings());
            Throwable failure =
                    catchThrowable(() -> thread.run("start", () -> task.start(new RefusingContext(), config)));
            assertThatCode(() -> thread.run("stop", task::stop))
                    .as("stop after a start that ended with %s", failure)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void answersAPollSoonAndWithNothingWhenThereIsNothing() {
        try (SourceTaskHarness task = startTask()) {
            for (int i = 0; i < 3; i++) {
                long before = System.nanoTime();
                assertThat(task.poll()).isEmpty();
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(POLL_MAX);
            }
        }
    }

    @Test
    void returnsSoonWhenInterrupted() {
        try (SourceTaskHarness task = startTask()) {
            AtomicInteger polls = new AtomicInteger();
            AtomicBoolean asked = new AtomicBoolean();
            Future<Boolean> polling = task.thread().begin(() -> pollUntil(asked, polls, task.task()));
            Waiting.until("polls have begun", () -> polls.get() > 0);
            asked.set(true);
            task.thread().interrupt();
            assertThat(task.thread().await("poll after an interrupt", polling, POLL_MAX))
                    .as("polls ended")
                    .isTrue();
        }
    }

    private static boolean pollUntil(AtomicBoolean asked, AtomicInteger polls, SourceTask task) {
        try {
            while (!asked.get()) {
                polls.incrementAndGet();
                assertThat(task.poll()).isNotNull();
            }
        } catch (InterruptedException interrupted) {
            assertThat(asked).as("interrupted only when asked").isTrue();
        }
        // A poll may leave the thread interrupted or not; stop shall not suffer from it.
        return Thread.interrupted() || asked.get();
    }

    @Test
    void doesNotSpinWhenThereIsNothing() {
        try (SourceTaskHarness task = startTask()) {
            for (int warmUp = 0; warmUp < 5; warmUp++) {
                assertThat(task.readRest()).isEmpty();
            }
            AtomicInteger rounds = new AtomicInteger();
            long begin = System.nanoTime();
            Duration used = CpuUse.during(() -> {
                while (System.nanoTime() - begin < Duration.ofSeconds(1).toNanos()) {
                    assertThat(task.readRest()).isEmpty();
                    rounds.incrementAndGet();
                }
            });
            Duration passed = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(used)
                    .as("processor time of %s rounds of polls in %s", rounds, passed)
                    .isLessThan(passed.dividedBy(IDLE_SHARE));
        }
    }

    @Test
    void dividesTheWorkIfItSaysSo() throws Exception {
        assumeTrue(splits(), "the connector has one task");
        List<String> texts = texts(30);
        write(texts);
        List<Map<String, String>> settings = taskSettings(2);
        assertThat(settings).as("task settings for two tasks").hasSize(2);
        try (SourceTaskHarness one = startTask(settings.get(0), new FakeSourceTaskContext());
                SourceTaskHarness other = startTask(settings.get(1), new FakeSourceTaskContext())) {
            List<String> all = new ArrayList<>();
            Waiting.until("two tasks read all", patience(), () -> {
                all.addAll(texts(one.readRest()));
                all.addAll(texts(other.readRest()));
                return all.size() >= texts.size();
            });
            assertThat(all).containsExactlyInAnyOrderElementsOf(texts);
        }
    }

    @Test
    void claimsExactlyOnceDeliveryOnlyIfItSaysSo() {
        ExactlyOnceSupport support = newPlugin().exactlyOnceSupport(config());
        if (can(SourceAbility.EXACTLY_ONCE)) {
            assertThat(can(SourceAbility.RESUMES))
                    .as("exactly once needs RESUMES")
                    .isTrue();
            assertThat(support).isEqualTo(ExactlyOnceSupport.SUPPORTED);
        } else {
            assertThat(support).isNotEqualTo(ExactlyOnceSupport.SUPPORTED);
        }
    }
}
