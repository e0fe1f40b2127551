package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a start costs. The goals are 1.5 s, 4 s of CPU and 250 MB; the limits hold on a machine that is busy with other
 * tests too, which stretches the wall clock most. What was measured is printed.
 */
final class StartIT {
    private static final Duration WALL_MAX = Duration.ofSeconds(15);
    private static final Duration CPU_MAX = Duration.ofSeconds(12);
    private static final long MEMORY_BYTES_MAX = 500L << 20;

    @TempDir
    Path temporary;

    @Test
    void isFastAndSmall() throws Exception {
        assumeThat(Path.of("/proc/self/status"))
                .as("a system that tells what a process used")
                .exists();
        try (WorkFolder folder = new WorkFolder(temporary)) {
            long begin = System.nanoTime();
            RunningWorker worker = folder.start();
            assertThat(worker.get("/").code()).isEqualTo(200);
            Duration wall = Duration.ofNanos(System.nanoTime() - begin);
            Duration cpu = ProcessHandle.of(worker.pid())
                    .flatMap(process -> process.info().totalCpuDuration())
                    .orElseThrow();
            long memory = residentBytes(worker.pid());

            System.out.printf(
                    "REST answered after %d ms and %d ms of CPU; %d MB are resident.%n",
                    wall.toMillis(), cpu.toMillis(), memory >> 20);
            assertThat(wall).isLessThan(WALL_MAX);
            assertThat(cpu).isLessThan(CPU_MAX);
            assertThat(memory).isLessThan(MEMORY_BYTES_MAX);
        }
    }

    private static long residentBytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .map(line -> line.replaceAll("[^0-9]", ""))
                        .mapToLong(Long::parseLong)
                        .sum()
                << 10;
    }
}
