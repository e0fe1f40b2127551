package dev.sluice.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Broker;
import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProducerIdsTest {
    @TempDir
    Path folder;

    private static Broker open(Path directory) {
        return Broker.open(BrokerConfig.of(Map.of("log.dirs", directory.toString())));
    }

    @Test
    void givesEachIdOnceOverCrashes() throws IOException {
        Set<Long> given = new HashSet<>();
        Path directory = folder.resolve("0");
        for (int crash = 1; crash <= 3; crash++) {
            try (Broker broker = open(directory)) {
                for (int count = 0; count < 1500; count++) {
                    assertThat(given.add(broker.producerIds().next().join())).isTrue();
                }
                directory = Folders.copyAsAfterCrash(directory, folder.resolve(Integer.toString(crash)));
            }
        }
    }

    @Test
    void startsAboveAllEarlierIdsWhereTheFileIsDamaged() throws IOException {
        long before;
        try (Broker broker = open(folder)) {
            before = broker.producerIds().next().join();
        }
        Files.writeString(folder.resolve("producer-ids"), "12x");
        try (Broker broker = open(folder)) {
            assertThat(broker.producerIds().next().join()).isGreaterThan(before);
        }
    }
}
