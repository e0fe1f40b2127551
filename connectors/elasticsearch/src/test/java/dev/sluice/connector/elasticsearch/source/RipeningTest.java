package dev.sluice.connector.elasticsearch.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RipeningTest {
    private final Ripening ripening = new Ripening(Duration.ofNanos(100));

    private List<Long> ripe(String uuid, long checkpoint, long nanos) {
        return ripening.ripe(List.of(new Shard("a", uuid, 0, checkpoint, 1)), nanos).stream()
                .map(Shard::checkpoint)
                .toList();
    }

    @Test
    void givesACheckpointOutWhenItIsOldEnough() {
        assertThat(ripe("one", 5, 0)).isEmpty();
        assertThat(ripe("one", 6, 99)).isEmpty();
        assertThat(ripe("one", 7, 100)).containsExactly(5L);
        assertThat(ripe("one", 8, 199)).containsExactly(5L);
        assertThat(ripe("one", 8, 200)).containsExactly(7L);
    }

    @Test
    void forgetsThoseOfAnIndexThatWasCreatedAgain() {
        assertThat(ripe("one", 5, 0)).isEmpty();
        assertThat(ripe("one", 5, 100)).containsExactly(5L);
        assertThat(ripe("other", 1, 150)).isEmpty();
        assertThat(ripe("other", 2, 250)).containsExactly(1L);
    }
}
