package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.testkit.process.ProcessUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.tools.BrokerApiVersionsCommand;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the address of the broker that is judged: {@code sluice broker} of the installation, started once for all
 * tests and stopped after the last; or, with {@code -Dsluice.bootstrap=HOST:PORT}, a broker that runs already.
 */
final class BrokerUnderTest implements BeforeAllCallback, ParameterResolver {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final String LABEL = "  broker ";
    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final Duration STOP_MAX = Duration.ofMinutes(1);

    /** What tests are given. */
    record Address(String bootstrap) {
        /** Skips a test of transactions on a broker that does not offer them. */
        void assumeTransactions() {
            String offered = KafkaTool.run(BrokerApiVersionsCommand::main, "--bootstrap-server", bootstrap);
            assumeTrue(!offered.contains("EndTxn(26): UNSUPPORTED"), "Skipped: the broker offers no transactions yet");
        }
    }

    /** A broker that ends with the last test. */
    private record Running(ProcessUnderTest process, Address address) implements AutoCloseable {
        @Override
        public void close() {
            try (process) {
                process.terminate();
                assertThat(process.awaitExit(STOP_MAX))
                        .as("the broker stops cleanly: %s", process.output())
                        .isZero();
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        assertThat(address(context).bootstrap()).contains(":");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Address.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return address(context);
    }

    private static Address address(ExtensionContext context) {
        String given = System.getProperty("sluice.bootstrap", "");
        if (!given.isEmpty()) {
            return new Address(given);
        }
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(Running.class, key -> start(), Running.class)
                .address();
    }

    private static Running start() {
        Path folder = Path.of("target/broker").toAbsolutePath();
        ProcessUnderTest process = ProcessUnderTest.command(
                        CHECKOUT.resolve("distribution/target/sluice/bin/sluice")
                                .toString(),
                        "broker",
                        "--override",
                        "listeners=PLAINTEXT://127.0.0.1:0",
                        "--override",
                        "log.dirs="
                                + fresh(folder.resolve(
                                        "data-" + ProcessHandle.current().pid())))
                .directory(folder)
                .env("SLUICE_OPTS", "")
                .env("SLUICE_LOG_DIR", folder.resolve("logs").toString())
                .start();
        String line = process.awaitLine(printed -> printed.startsWith(LABEL), START_MAX);
        return new Running(
                process, new Address(line.substring(LABEL.length()).strip().split(" ", 2)[0]));
    }

    private static Path fresh(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new AssertionError("Cannot make a folder for the broker.", e);
        }
    }
}
