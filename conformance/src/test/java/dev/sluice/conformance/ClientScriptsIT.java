package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each executable file below {@code clients/} is a test: 0 = passed, 77 = its client is not installed, others = failed.
 * What begins with {@code secured} gets the listener with TLS.
 */
@ExtendWith(BrokerUnderTest.class)
class ClientScriptsIT {
    private static final Path CLIENTS = Path.of("clients").toAbsolutePath();
    private static final int SKIPPED = 77;
    private static final int COMMAND_NOT_FOUND = 127;

    @TestFactory
    Stream<DynamicTest> judges(BrokerUnderTest.Address broker) throws IOException {
        try (Stream<Path> files = Files.walk(CLIENTS)) {
            return files.filter(Files::isRegularFile).filter(Files::isExecutable).sorted().toList().stream()
                    .map(script -> DynamicTest.dynamicTest(
                            CLIENTS.relativize(script).toString(), script.toUri(), () -> run(script, broker)));
        }
    }

    private static void run(Path script, BrokerUnderTest.Address broker) throws Exception {
        Path client = Objects.requireNonNull(script.getParent());
        boolean isSecured = String.valueOf(script.getFileName()).startsWith("secured");
        assumeFalse(isSecured && broker.tls().isEmpty(), "Skipped: run it by hand against a listener with TLS.");
        NodeModules modules = new NodeModules(client);
        assumeTrue(modules.isCheap() || Boolean.getBoolean("sluice.soak"), modules.reasonToWait());
        modules.install();
        Map<String, String> environment = Map.of(
                "NODE_PATH",
                modules.path().toString(),
                "KAFKA_CA",
                broker.authority().toString());
        Command.Ended ended =
                Command.run(client, environment, script.toString(), isSecured ? broker.tls() : broker.bootstrap());
        ended.print(CLIENTS.relativize(script).toString());
        assumeFalse(
                ended.exitCode() == SKIPPED || ended.exitCode() == COMMAND_NOT_FOUND,
                () -> "Skipped: " + ended.lastLine());
        assertThat(ended.exitCode()).as(ended.output()).isZero();
    }
}
