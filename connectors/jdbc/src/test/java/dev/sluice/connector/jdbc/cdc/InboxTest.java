package dev.sluice.connector.jdbc.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testkit.Waiting;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static List<Inbox.Message> messages(int sizeBytes) {
        return List.of(new Inbox.Message(new Lsn(1), ByteBuffer.allocate(sizeBytes)));
    }

    @Test
    void takesNoMoreThanItsBytesAndOneBatch() throws Exception {
        Inbox inbox = new Inbox(100);
        assertThat(inbox.put(messages(99), Duration.ZERO)).isTrue();
        assertThat(inbox.put(messages(1_000), Duration.ZERO))
                .as("one more, however large")
                .isTrue();
        assertThat(inbox.put(messages(1), Duration.ZERO)).isFalse();
        assertThat(inbox.take(Duration.ZERO).messages()).hasSize(2);
        assertThat(inbox.put(messages(1), Duration.ZERO)).isTrue();
    }

    @Test
    void letsTheReaderGoOnOnceThereIsRoom() throws Exception {
        Inbox inbox = new Inbox(10);
        assertThat(inbox.put(messages(10), Duration.ZERO)).isTrue();
        AtomicBoolean isPut = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            try {
                isPut.set(inbox.put(messages(10), Waiting.PATIENCE));
            } catch (InterruptedException unexpected) {
                Thread.currentThread().interrupt();
            }
        });
        reader.start();
        Waiting.until("the reader waits", () -> reader.getState() == Thread.State.TIMED_WAITING);
        assertThat(inbox.take(Duration.ZERO).messages()).hasSize(1);
        reader.join();
        assertThat(isPut).isTrue();
    }

    @Test
    void tellsWhatEndedTheReadingBehindAllThatWasRead() throws Exception {
        Inbox inbox = new Inbox(10);
        assertThat(inbox.put(messages(1), Duration.ZERO)).isTrue();
        inbox.fail(new SQLException("the connection is gone"));
        assertThat(inbox.take(Duration.ZERO).messages()).hasSize(1);
        assertThatThrownBy(() -> inbox.take(Waiting.PATIENCE))
                .isInstanceOf(SQLException.class)
                .hasMessage("the connection is gone");
    }

    @Test
    void tellsWhereNothingStandsWithTheBatchBefore() throws Exception {
        Inbox inbox = new Inbox(10);
        assertThat(inbox.take(Duration.ZERO)).isEqualTo(new Inbox.Batch(List.of(), Lsn.ZERO));
        inbox.onNothingBefore(new Lsn(7));
        assertThat(inbox.take(Duration.ZERO).nothingBefore()).isEqualTo(new Lsn(7));
    }
}
