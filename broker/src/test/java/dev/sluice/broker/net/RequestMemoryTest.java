package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestMemoryTest {
    private final List<String> woken = new ArrayList<>();
    private final RequestMemory memory = new RequestMemory(1_000_000);

    @Test
    void isGivenWhileSomeIsLeftAndThenWaitedFor() {
        assertThat(memory.tryTake(999_999, () -> woken.add("first"))).isTrue();
        assertThat(memory.tryTake(5_000_000, () -> woken.add("second"))).isTrue();
        assertThat(memory.tryTake(100_000, () -> woken.add("third"))).isFalse();
        assertThat(memory.tryTake(100_000, () -> woken.add("fourth"))).isFalse();

        memory.giveBack(999_999);
        assertThat(woken).isEmpty();
        memory.giveBack(5_000_000);

        assertThat(woken).containsExactly("third", "fourth");
        assertThat(memory.taken()).isZero();
    }

    @Test
    void neverKeepsSmallRequestsWaiting() {
        assertThat(memory.tryTake(2_000_000, () -> woken.add("large"))).isTrue();

        assertThat(memory.tryTake(RequestMemory.SMALL_BYTES, () -> woken.add("small")))
                .isTrue();
        assertThat(memory.isShort()).isFalse();
        assertThat(memory.tryTake(RequestMemory.SMALL_BYTES + 1, () -> woken.add("larger")))
                .isFalse();
        assertThat(memory.isShort()).isTrue();
    }
}
