package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitingTest {
    @Test
    void returnsWhatComesInTime() {
        AtomicInteger looks = new AtomicInteger();
        String found = Waiting.untilPresent(
                "it comes",
                Waiting.PATIENCE,
                () -> looks.incrementAndGet() < 3 ? Optional.empty() : Optional.of("there"));
        assertThat(found).isEqualTo("there");
        assertThat(looks).hasValue(3);
    }

    @Test
    void givesUpAtTheLimit() {
        assertThatThrownBy(() -> Waiting.until("pigs fly", Duration.ofMillis(20), () -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Waited PT0.02S in vain until pigs fly.");
    }

    @Test
    void endsWithWhatTheConditionThrows() {
        assertThatThrownBy(() -> Waiting.until("it works", () -> {
                    throw new IllegalStateException("Broken.");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Broken.");
        assertThatThrownBy(() -> Waiting.until("it works", () -> {
                    throw new IOException("Gone.");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Could not wait until it works.")
                .hasRootCauseMessage("Gone.");
    }
}
