package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A broker in a process of its own, always at the same address, which can be killed and started again. */
final class BrokerProcess implements AutoCloseable {
    private static final int KILLED = 137;

    private final Path directory;
    private final List<String> settings;
    private final int port;
    private Process process;

    private BrokerProcess(Path directory, Map<String, String> settings) throws IOException {
        this.directory = directory;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        this.settings = new ArrayList<>(List.of("listeners=PLAINTEXT://127.0.0.1:" + port));
        settings.forEach((key, value) -> this.settings.add(key + "=" + value));
        process = run();
    }

    static BrokerProcess start(Path directory, Map<String, String> settings) throws IOException {
        BrokerProcess started = new BrokerProcess(directory, settings);
        started.awaitPort();
        return started;
    }

    private Process run() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                RunningBroker.class.getName(),
                directory.toString()));
        command.addAll(settings);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void awaitPort() throws IOException {
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); !RunningBroker.READY.equals(line); line = output.readLine()) {
            assertThat(line).as("what the broker says before it listens").isNotNull();
        }
        Thread drain = new Thread(() -> output.lines().forEach(line -> {}), "broker-output");
        drain.setDaemon(true);
        drain.start();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    void kill() throws InterruptedException {
        assertThat(process.toHandle().destroyForcibly()).isTrue();
        assertThat(process.waitFor()).as("exit code of a killed process").isEqualTo(KILLED);
    }

    /** Starts the next process; it listens later. */
    void restart() throws IOException {
        process = run();
        Process next = process;
        Thread drain = new Thread(() -> next.inputReader().lines().forEach(line -> {}), "broker-output");
        drain.setDaemon(true);
        drain.start();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("a broker should stop when it is told to");
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
