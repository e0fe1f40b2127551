package dev.sluice.connector.elasticsearch.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.fault.Fault;
import dev.sluice.testkit.fault.FaultProxy;
import dev.sluice.testkit.server.TestingElasticsearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task with far more to write than its heap holds, and a server that takes five seconds for each request. */
final class SinkMemoryIT {
    /** 120 MB of documents. */
    private static final int COUNT = 12_000;

    @TempDir
    Path temporary;

    @Test
    void isBoundedBeforeASlowServer() throws IOException, InterruptedException {
        TestingElasticsearch server = TestingElasticsearch.shared();
        String index = server.freshIndex("memory");
        server.put("/" + index, "{\"mappings\":{\"enabled\":false}}");
        try (FaultProxy proxy = FaultProxy.before(server.url())) {
            proxy.onBulk(Fault.slow(Duration.ofSeconds(5)));
            Path output = temporary.resolve("output.txt");
            Process load = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx96m",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SlowServerLoad.class.getName(),
                            proxy.url(),
                            index,
                            String.valueOf(COUNT))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(load.waitFor(5, TimeUnit.MINUTES)).as("it ends").isTrue();
                assertThat(Files.readString(output)).endsWith("all " + COUNT + " taken\n");
            } finally {
                load.destroyForcibly();
            }
            server.refresh(index);
            assertThat(server.count(index)).isEqualTo(COUNT);
        }
    }
}
