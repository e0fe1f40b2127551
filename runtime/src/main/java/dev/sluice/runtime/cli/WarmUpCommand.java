package dev.sluice.runtime.cli;

import dev.sluice.runtime.cli.kafka.BrokerRehearsal;
import dev.sluice.runtime.config.ConnectorFile;
import dev.sluice.runtime.config.PropertiesFile;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.control.Prune;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code sluice warm-up}: rehearses a start with a small flow in a temporary folder, then a broker and the tools, while the JVM writes down which
 * classes that takes. The launcher and the build use it for the class archive that makes later starts fast.
 */
@Command(name = "warm-up", hidden = true, description = "Rehearse a start, for the archive of classes.")
final class WarmUpCommand implements Callable<Integer> {
    private static final int LINES = 200;
    private static final long FLOW_MILLIS_MAX = 30_000;
    private static final long CHECK_MILLIS = 50;
    private static final List<String> REQUESTS = List.of(
            "GET /",
            "GET /health/connectors",
            "GET /connectors?expand=status&expand=info",
            "GET /connectors/warm-up-sink/status",
            "GET /connectors/warm-up-sink/offsets",
            "GET /connector-plugins",
            "GET /metrics",
            "PUT /connectors/warm-up-sink/config {\"connector.class\": \"FileStreamSink\"}", // without topics: refused
            "PUT /connectors/warm-up-sink/pause",
            "GET /none");

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("sluice-warm-up");
        try {
            BrokerRehearsal.run(folder.resolve("broker"));
            return rehearse(folder) ? 0 : Complaints.FAULT;
        } finally {
            delete(folder);
        }
    }

    private static boolean rehearse(Path folder) throws IOException, InterruptedException {
        Path in = Files.writeString(folder.resolve("in.jsonl"), "{\"name\": \"warm-up\", \"n\": 1}\n".repeat(LINES));
        Path out = folder.resolve("out.jsonl");
        Path worker = Files.writeString(folder.resolve("worker.properties"), workerSettings(folder));
        WorkerConfig config =
                WorkerConfig.parse(PropertiesFile.read(worker, "worker file").settings());
        List<ConnectorFile> files = ConnectorFile.readAll(List.of(
                connector(folder, "source", Map.of("topic", "warm-up", "file", in.toString())),
                connector(folder, "sink", Map.of("topics", "warm-up", "file", out.toString()))));
        try (StandaloneWorker standalone = StandaloneWorker.start(config)) {
            standalone.apply(files, Prune.KEEP_OTHERS).forEach(System.err::println);
            boolean hasFlowed = awaitLines(out);
            for (String request : REQUESTS) {
                request(standalone.addresses().get(0), request);
            }
            return hasFlowed;
        }
    }

    private static String workerSettings(Path folder) {
        return "listeners=http://127.0.0.1:0\nbroker.data.dir="
                + folder.resolve("data").toString().replace("\\", "\\\\") + "\noffset.flush.interval.ms=100\n";
    }

    private static Path connector(Path folder, String side, Map<String, String> own) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("name=warm-up-").append(side).append('\n');
        text.append("connector.class=FileStream")
                .append(side.equals("sink") ? "Sink" : "Source")
                .append('\n');
        text.append("value.converter=").append("StringConverter\n");
        own.forEach((name, value) -> text.append(name)
                .append('=')
                .append(value.replace("\\", "\\\\"))
                .append('\n'));
        return Files.writeString(folder.resolve(side + ".properties"), text);
    }

    private static boolean awaitLines(Path out) throws IOException, InterruptedException {
        for (long waited = 0; waited < FLOW_MILLIS_MAX; waited += CHECK_MILLIS) {
            if (Files.exists(out) && countLines(out) == LINES) {
                return true;
            }
            Thread.sleep(CHECK_MILLIS);
        }
        return false;
    }

    private static long countLines(Path out) throws IOException {
        try (Stream<String> lines = Files.lines(out)) {
            return lines.count();
        }
    }

    /** A plain socket, so that the archive holds no HTTP client that nothing else uses. */
    private static void request(URI address, String words) throws IOException {
        String[] parts = words.split(" ", 3);
        String body = parts.length < 3 ? "" : parts[2];

        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), 5_000);
            socket.setSoTimeout(5_000);
            String request = parts[0] + " " + parts[1] + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            if (answer.length == 0) {
                throw new IOException("REST gave no answer to " + words);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
