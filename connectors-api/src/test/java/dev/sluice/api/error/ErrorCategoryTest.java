package dev.sluice.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ErrorCategoryTest {
    @Test
    void theTypeOfAnExceptionSaysWhatToDo() {
        assertThat(ErrorCategory.of(new RetriableException("x"))).isEqualTo(ErrorCategory.RETRIABLE);
        assertThat(ErrorCategory.of(new DataException("x"))).isEqualTo(ErrorCategory.RECORD);
        assertThat(ErrorCategory.of(new ConfigException("x"))).isEqualTo(ErrorCategory.CONFIG);
        assertThat(ErrorCategory.of(new ConnectorException("x"))).isEqualTo(ErrorCategory.TASK);
        assertThat(ErrorCategory.of(new OutOfMemoryError("x"))).isEqualTo(ErrorCategory.TASK);
    }

    @Test
    void aRetryMayNameItsPause() {
        assertThat(RetriableException.after(Duration.ofSeconds(3), "busy", null).retryAfter())
                .contains(Duration.ofSeconds(3));
        assertThat(new RetriableException("busy").retryAfter()).isEmpty();
    }
}
