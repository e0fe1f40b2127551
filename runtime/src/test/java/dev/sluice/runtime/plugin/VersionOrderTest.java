package dev.sluice.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VersionOrderTest {
    @Test
    void ordersFromOldToNew() {
        List<String> ordered = List.of(
                "undefined",
                "0.9",
                "1.0-SNAPSHOT",
                "1.0",
                "1.0.1",
                "1.9.3",
                "1.10-beta2",
                "1.10-rc1",
                "1.10-rc2",
                "1.10",
                "2.0.20240131235959999999999",
                "2.0.20250131235959999999999");
        List<String> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(7));

        shuffled.sort(VersionOrder.OLDEST_FIRST);

        assertThat(shuffled).isEqualTo(ordered);
    }

    @Test
    void takesTrailingZerosAndSeparatorsForNothing() {
        assertThat(VersionOrder.OLDEST_FIRST.compare("1.0", "1")).isZero();
        assertThat(VersionOrder.OLDEST_FIRST.compare("1.01", "1-1")).isZero();
        assertThat(VersionOrder.OLDEST_FIRST.compare("undefined", "undefined")).isZero();
    }
}
