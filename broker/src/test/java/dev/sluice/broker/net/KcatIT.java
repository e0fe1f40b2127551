package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kcat, which stands on librdkafka; skipped where it is not installed. */
@Timeout(120)
class KcatIT {
    @TempDir
    Path folder;

    private @Nullable RunningBroker running;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(isInstalled(), "kcat is not installed: its tests are skipped");
        running = RunningBroker.in(folder.resolve("data"));
    }

    @AfterEach
    void close() {
        if (running != null) {
            running.close();
        }
    }

    private String address() {
        return Objects.requireNonNull(running).address();
    }

    private static boolean isInstalled() {
        try {
            new ProcessBuilder("kcat", "-V")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .destroy();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String kcat(String input, String... options) throws Exception {
        Path in = Files.writeString(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        List<String> command = new ArrayList<>(List.of("kcat", "-b", address()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s", command).isTrue();
        String output = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s: %s", command, output).isZero();
        return output;
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void writesListsFindsAndReads(String compression) throws Exception {
        String lines = IntStream.range(0, 1000)
                .mapToObj(number -> "line " + number + "\n")
                .collect(Collectors.joining());

        String unused = kcat(lines, "-P", "-t", "t", "-z", compression, "-X", "enable.idempotence=true");

        assertThat(kcat("", "-L")).contains("topic \"t\" with 1 partitions", "broker 1 at " + address());
        assertThat(kcat("", "-Q", "-t", "t:0:-1")).isEqualTo("t [0] offset 1000\n");
        assertThat(kcat("", "-C", "-q", "-e", "-t", "t", "-p", "0", "-o", "beginning"))
                .isEqualTo(lines);
        assertThat(kcat("", "-C", "-q", "-e", "-t", "t", "-p", "0", "-o", "-1")).isEqualTo("line 999\n");
    }

    @Test
    void writesInATransaction() throws Exception {
        String unused = kcat("one\ntwo\n", "-P", "-t", "t", "-X", "transactional.id=kcat");

        assertThat(kcat("", "-C", "-q", "-e", "-t", "t", "-p", "0", "-X", "isolation.level=read_committed"))
                .isEqualTo("one\ntwo\n");
        assertThat(Objects.requireNonNull(running)
                        .broker()
                        .transactions()
                        .describe("kcat")
                        .join()
                        .state())
                .isEqualTo("CompleteCommit");
    }
}
