package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.process.ProcessUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final Duration STOP_MAX = Duration.ofMinutes(1);

    /**
     * What tests are given.
     *
     * @param bootstrap the listener without TLS
     * @param tls the listener with TLS; empty for a broker that was not started here
     * @param authority the certificate to trust there, as PEM
     */
    record Address(String bootstrap, String tls, Path authority) {}

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
            return new Address(given, "", Path.of(""));
        }
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(Running.class, key -> start(), Running.class)
                .address();
    }

    private static Running start() {
        Path folder =
                fresh(Path.of("target/broker/" + ProcessHandle.current().pid()).toAbsolutePath());
        Certificate certificate = Certificate.make(folder);
        ProcessUnderTest process = ProcessUnderTest.command(
                        CHECKOUT.resolve("distribution/target/sluice/bin/sluice")
                                .toString(),
                        "broker",
                        settings(folder, certificate).toString())
                .directory(folder)
                .env("SLUICE_OPTS", "")
                .env("SLUICE_LOG_DIR", folder.resolve("logs").toString())
                .start();
        return new Running(
                process,
                new Address(listener(process, "PLAINTEXT"), listener(process, "SSL"), certificate.authority()));
    }

    private static Path settings(Path folder, Certificate certificate) {
        List<String> lines = List.of(
                "listeners=PLAINTEXT://127.0.0.1:0,SSL://127.0.0.1:0",
                "log.dirs=" + folder.resolve("data"),
                "ssl.keystore.type=PKCS12",
                "ssl.keystore.location=" + certificate.keyStore(),
                "ssl.keystore.password=" + Certificate.PASSWORD);
        try {
            return Files.write(folder.resolve("server.properties"), lines);
        } catch (IOException e) {
            throw new AssertionError("Cannot write the broker's settings.", e);
        }
    }

    /** The address that the broker printed for a listener: label, address, name in brackets. */
    private static String listener(ProcessUnderTest process, String name) {
        String line = process.awaitLine(printed -> printed.endsWith(" (" + name + ")"), START_MAX);
        String[] words = line.strip().split(" +", -1);
        return words[words.length - 2];
    }

    private static Path fresh(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new AssertionError("Cannot make a folder for the broker.", e);
        }
    }
}
