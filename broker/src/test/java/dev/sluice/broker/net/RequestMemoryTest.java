package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestMemoryTest {
    private final List<String> woken = new ArrayList<>();
    private final RequestMemory memory = new RequestMemory(100);

    @Test
    void isGivenWhileSomeIsLeftAndThenWaitedFor() {
        assertThat(memory.tryTake(99, () -> woken.add("first"))).isTrue();
        assertThat(memory.tryTake(500, () -> woken.add("second"))).isTrue();
        assertThat(memory.tryTake(1, () -> woken.add("third"))).isFalse();
        assertThat(memory.tryTake(1, () -> woken.add("fourth"))).isFalse();

        memory.giveBack(99);
        assertThat(woken).isEmpty();
        memory.giveBack(500);

        assertThat(woken).containsExactly("third", "fourth");
        assertThat(memory.taken()).isZero();
    }
}
