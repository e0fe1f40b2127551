package dev.sluice.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeOffsets;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract of a source connector. Extend it, prepare the outside in a {@code @BeforeEach}, and fill in:
 *
 * <ul>
 *   <li>{@link #newPlugin()}: a new connector;
 *   <li>{@link #settings()}: settings that read the outside of this test;
 *   <li>{@link #write}: puts texts outside, one record each;
 *   <li>{@link #text}: finds the text in a record again, if it is not simply the value;
 *   <li>{@link #abilities()}: without those that the connector does not have.
 * </ul>
 *
 * <p>Every test runs with real task threads and fakes of the rest of the runtime; nothing is mocked.
 */
public abstract class SourceConnectorBehaviour extends SourceLifeCycle {
    /** How many records the restart tests use: every prefix of them is a restart. */
    private static final int COUNT = 9;

    /** For subclasses. */
    protected SourceConnectorBehaviour() {}

    @Test
    void returnsWhatWasWrittenInOrder() throws Exception {
        List<String> texts = texts(COUNT);
        write(texts);
        try (SourceTaskHarness task = startTask()) {
            assertThat(texts(task.read(COUNT))).containsExactlyElementsOf(texts);
            assertThat(task.readRest()).as("more than was written").isEmpty();
        }
    }

    @Test
    void givesRecordsATopicAndAPosition() throws Exception {
        write(texts(3));
        try (SourceTaskHarness task = startTask()) {
            assertThat(task.read(3)).allSatisfy(record -> {
                assertThat(record.topic()).isNotBlank();
                assertThat(record.position().partition()).isNotEmpty();
                assertThat(record.position().offset()).isNotEmpty();
            });
        }
    }

    @Test
    void givesOffsetsThatJsonCanHold() throws Exception {
        write(texts(3));
        try (SourceTaskHarness task = startTask()) {
            FakeOffsets offsets = new FakeOffsets();
            assertThatCode(() -> task.read(3).forEach(record -> offsets.store(record.position())))
                    .doesNotThrowAnyException();
            assertThat(offsets.all()).isNotEmpty();
        }
    }

    @Test
    void givesEveryRecordAnOffsetOfItsOwn() throws Exception {
        assumeTrue(can(SourceAbility.RESUMES), "the connector does not resume");
        write(texts(COUNT));
        try (SourceTaskHarness task = startTask()) {
            assertThat(task.read(COUNT)).extracting(SourceRecord::position).doesNotHaveDuplicates();
        }
    }

    @Test
    void resumesAfterEveryStoredOffset() throws Exception {
        assumeTrue(can(SourceAbility.RESUMES), "the connector does not resume");
        List<String> texts = texts(COUNT);
        write(texts);
        List<SourceRecord> all;
        try (SourceTaskHarness task = startTask()) {
            all = task.read(COUNT);
        }
        FakeOffsets offsets = new FakeOffsets();
        for (int done = 1; done <= COUNT; done++) {
            offsets.store(all.get(done - 1).position());
            assertThat(readFrom(offsets.copy(), COUNT - done))
                    .as("records after offset %s", all.get(done - 1).position())
                    .containsExactlyElementsOf(texts.subList(done, COUNT));
        }
    }

    private List<String> readFrom(FakeOffsets offsets, int count) {
        try (SourceTaskHarness task = startTask(new FakeSourceTaskContext(offsets))) {
            List<SourceRecord> records = new ArrayList<>(task.read(count));
            records.addAll(task.readRest());
            return texts(records);
        }
    }

    @Test
    void startsFromTheBeginningWithoutStoredOffsets() throws Exception {
        assumeTrue(can(SourceAbility.RESUMES), "the connector does not resume");
        List<String> texts = texts(3);
        write(texts);
        assertThat(readFrom(new FakeOffsets(), 3)).containsExactlyElementsOf(texts);
        assertThat(readFrom(new FakeOffsets(), 3))
                .as("read again, because no offset was stored")
                .containsExactlyElementsOf(texts);
    }

    @Test
    void goesOnInTheNextRunWithWhatWasWrittenMeanwhile() throws Exception {
        assumeTrue(can(SourceAbility.RESUMES), "the connector does not resume");
        List<String> texts = texts(2 * COUNT);
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        write(texts.subList(0, COUNT));
        try (SourceTaskHarness task = startTask(context)) {
            task.commit(task.read(COUNT));
        }
        write(texts.subList(COUNT, 2 * COUNT));
        try (SourceTaskHarness task = startTask(context.restarted())) {
            assertThat(texts(task.read(COUNT))).containsExactlyElementsOf(texts.subList(COUNT, 2 * COUNT));
        }
    }

    @Test
    void followsItsInputIfItSaysSo() throws Exception {
        List<String> texts = texts(6);
        write(texts.subList(0, 3));
        try (SourceTaskHarness task = startTask()) {
            task.commit(task.read(3));
            assertThat(task.readRest()).as("more than was written").isEmpty();
            write(texts.subList(3, 6));
            List<SourceRecord> later = can(SourceAbility.FOLLOWS) ? task.read(3) : task.readRest();
            assertThat(texts(later))
                    .containsExactlyElementsOf(can(SourceAbility.FOLLOWS) ? texts.subList(3, 6) : List.of());
        }
    }

    @Test
    void takesOrRefusesNonAsciiText() throws Exception {
        List<String> texts = SampleTexts.of(20, true);
        write(texts);
        try (SourceTaskHarness task = startTask()) {
            if (can(SourceAbility.NON_ASCII)) {
                assertThat(texts(task.read(texts.size()))).containsExactlyElementsOf(texts);
            } else {
                assertThatThrownBy(() -> task.read(texts.size()))
                        .isInstanceOf(DataException.class)
                        .hasMessageStartingWith("Cannot ");
            }
        }
    }

    @Test
    void letsTwoRunsGoOnAtOnce() throws Exception {
        assumeTrue(can(SourceAbility.RESUMES), "the connector's input can be read once only");
        List<String> texts = texts(COUNT);
        write(texts);
        try (SourceTaskHarness one = startTask();
                SourceTaskHarness other = startTask()) {
            List<SourceRecord> first = one.read(1);
            if (!can(SourceAbility.SHARES)) {
                first.addAll(one.readRest());
                assertThat(texts(first)).containsExactlyElementsOf(texts);
                assertAskedToTryAgain(other);
                return;
            }
            assertThat(texts(other.read(COUNT))).containsExactlyElementsOf(texts);
            assertThat(texts(first).subList(0, 1)).containsExactly(texts.get(0));
            int rest = COUNT - first.size();
            assertThat(texts(one.read(rest))).containsExactlyElementsOf(texts.subList(COUNT - rest, COUNT));
        }
    }

    private static void assertAskedToTryAgain(SourceTaskHarness other) {
        Waiting.until("the other run is asked to try again", () -> {
            Throwable failure = catchThrowable(other::poll);
            if (failure != null) {
                assertThat(failure).isInstanceOf(RetriableException.class).hasMessageStartingWith("Cannot ");
            }
            return failure != null;
        });
    }

    @Test
    void acceptsAlteredOffsetsIfItSaysSo() throws Exception {
        SourcePosition real = aPosition();
        Map<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> altered =
                OffsetNonsense.altered(real.partition(), real.offset());
        if (can(SourceAbility.ALTERS_OFFSETS)) {
            assertThat(newPlugin().alterOffsets(settings(), altered)).isTrue();
            altered.replaceAll((partition, offset) -> null);
            assertThat(newPlugin().alterOffsets(settings(), altered))
                    .as("a reset")
                    .isTrue();
        } else {
            OffsetNonsense.assertDeclined(() -> newPlugin().alterOffsets(settings(), altered));
        }
    }

    @Test
    void refusesAlteredOffsetsThatMakeNoSense() throws Exception {
        assumeTrue(can(SourceAbility.ALTERS_OFFSETS), "the connector alters no offsets");
        for (var nonsense : OffsetNonsense.of(aPosition())) {
            assertThatThrownBy(() -> newPlugin().alterOffsets(settings(), nonsense))
                    .as("altered offsets %s", nonsense)
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageStartingWith("Cannot ");
        }
    }

    private SourcePosition aPosition() throws Exception {
        write(texts(1));
        try (SourceTaskHarness task = startTask()) {
            return task.read(1).get(0).position();
        }
    }
}
