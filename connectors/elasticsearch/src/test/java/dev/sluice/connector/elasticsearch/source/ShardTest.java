package dev.sluice.connector.elasticsearch.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ShardTest {
    @Test
    void dealsTheShardsOfAnIndexEvenly() {
        int[] shares = IntStream.range(0, 8)
                .map(number -> new Shard("orders", "u", number, 0, 0).share(4))
                .sorted()
                .toArray();
        assertThat(shares).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
    }

    @Test
    void namesItselfAsTheServerDoes() {
        assertThat(new Shard("orders", "u", 3, 0, 0)).hasToString("[orders][3]");
    }
}
