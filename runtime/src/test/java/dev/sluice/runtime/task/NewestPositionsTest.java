package dev.sluice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.record.SourcePosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewestPositionsTest {
    private static SourcePosition at(String file, int position) {
        return new SourcePosition(new HashMap<>(Map.of("file", file)), Map.of("position", position));
    }

    @Test
    void keepsTheLastOfEachPartitionHoweverTheyAlternate() {
        NewestPositions newest = new NewestPositions();
        newest.addAll(List.of(at("a", 1), at("b", 1), at("a", 2), at("a", 3), at("b", 2), at("a", 4)));

        assertThat(newest.take()).containsExactlyInAnyOrder(at("a", 4), at("b", 2));
        assertThat(newest.take()).isEmpty();
    }

    @Test
    void keepsTheLastWhereTheTaskRepeatsOneMap() {
        Map<String, String> partition = Map.of("file", "a");
        NewestPositions newest = new NewestPositions();
        newest.add(new SourcePosition(partition, Map.of("position", 1)));
        newest.add(new SourcePosition(partition, Map.of("position", 2)));

        assertThat(newest.take()).containsExactly(at("a", 2));
    }
}
