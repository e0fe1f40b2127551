package dev.sluice.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own: start, stop by a signal, and what a start refuses. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StandaloneIT {
    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void servesRestAndStopsCleanlyAtASignal() throws Exception {
        Process process = start(worker("listeners=http://127.0.0.1:0\n"));
        BufferedReader out = process.inputReader();
        URI rest = awaitRest(out);

        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(rest.resolve("/connectors")).build(),
                        HttpResponse.BodyHandlers.ofString());
        // SIGTERM; Process.destroy would close the streams as well.
        assertThat(process.toHandle().destroy()).isTrue();

        assertThat(answer.body()).isEqualTo("[]");
        assertThat(out.lines().toList())
                .endsWith("Stopping.", "Stopped cleanly. The same command resumes where it stopped.");
        assertThat(process.waitFor()).isZero();
        assertThat(folder.resolve("data")).isDirectory();
        assertThat(folder.resolve("logs/sluice.log")).content().contains("the worker has stopped");
    }

    @Test
    void saysWhichPortWasBoundForKafkasClients() throws Exception {
        Path worker = worker("listeners=http://127.0.0.1:0\nbroker.listeners=PLAINTEXT://127.0.0.1:0\n");
        BufferedReader out = start(worker).inputReader();
        URI rest = awaitRest(out);

        assertThat(rest.getPort()).isPositive();
        assertThat(out.readLine()).matches(" {2}broker {6}127\\.0\\.0\\.1:[1-9]\\d+");
    }

    @Test
    void aDataDirectoryOfAnotherProcessEndsWithTwoAndDoctorSaysSo() throws Exception {
        Path worker = worker("listeners=http://127.0.0.1:0\n");
        awaitRest(start(worker).inputReader());

        Process second = start(worker);
        Process doctor = run("doctor", worker.toString());

        assertThat(second.errorReader().lines().toList())
                .singleElement()
                .asString()
                .startsWith("sluice: Cannot ")
                .contains(folder.resolve("data").toString());
        assertThat(second.waitFor()).isEqualTo(2);
        assertThat(doctor.inputReader().lines())
                .anyMatch(line -> line.startsWith("PROBLEM data directory " + folder.resolve("data")
                        + " is used by another process. Stop that one, or set broker.data.dir"));
    }

    @Test
    void aTakenPortEndsWithTwoAndOpensNoData() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:" + other.getLocalPort();

            Process process = start(worker("listeners=" + address + "\n"));

            assertThat(process.errorReader().lines())
                    .containsExactly(
                            "sluice: Cannot listen on " + address + " for REST: another process listens there."
                                    + " Stop that process, or set listeners to another address, such as http://127.0.0.1:8084.");
            assertThat(process.waitFor()).isEqualTo(2);
            assertThat(folder.resolve("data")).doesNotExist();
        }
    }

    @Test
    void aWrongSettingOfTheBrokerEndsWithTwo() throws Exception {
        Process process = start(worker("listeners=http://127.0.0.1:0\nbroker.log.segment.bytes=large\n"));

        assertThat(process.errorReader().lines()).singleElement().asString().contains("log.segment.bytes=large");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void anUnknownConnectorClassEndsWithTwoAndStoresNothing() throws Exception {
        Path worker = worker("listeners=http://127.0.0.1:0\n");
        Path connector = Files.writeString(
                folder.resolve("c.properties"), "name=a\nconnector.class=FileStreamSuorce\ntopic=t\n");

        Process refused = start(worker, connector);

        assertThat(refused.errorReader().lines())
                .anyMatch(line -> line.contains("Cannot find connector FileStreamSuorce"));
        assertThat(refused.waitFor()).isEqualTo(2);
        BufferedReader out = start(worker).inputReader();
        awaitRest(out);
        assertThat(out.lines().filter(line -> line.startsWith("  connectors")).findFirst())
                .contains("  connectors  none; give the files of some behind the worker file");
    }

    private Path worker(String settings) throws IOException {
        return Files.writeString(folder.resolve("worker.properties"), settings);
    }

    private Process start(Path... files) throws IOException {
        List<String> words = new ArrayList<>(List.of("standalone"));
        for (Path file : files) {
            words.add(file.toString());
        }
        return run(words.toArray(String[]::new));
    }

    private Process run(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sluice.runtime.cli.Main"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
        processes.add(process);
        return process;
    }

    private static URI awaitRest(BufferedReader out) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("  REST ")) {
                return URI.create(line.substring("  REST ".length()).strip());
            }
        }
        throw new AssertionError("the worker ended before it named its address");
    }
}
