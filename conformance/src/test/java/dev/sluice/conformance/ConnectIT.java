package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Apache Kafka Connect, distributed, with our broker as its cluster: its own topics, group, file source and file sink. */
@ExtendWith(BrokerUnderTest.class)
@Timeout(300)
class ConnectIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String LINES_CONVERTER = "org.apache.kafka.connect.storage.StringConverter";

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"disabled", "enabled"})
    void carriesLinesFromFileToFile(String exactlyOnce, BrokerUnderTest.Address broker) throws Exception {
        Path in = folder.resolve("in.txt");
        Path out = folder.resolve("out.txt");
        append(in, 0, 1000);

        Connect<?> connect = new ConnectDistributed().startConnect(worker(broker, exactlyOnce));
        try {
            create(
                    connect,
                    "source",
                    Map.of("connector.class", "FileStreamSource", "file", in.toString(), "topic", topic()));
            create(
                    connect,
                    "sink",
                    Map.of("connector.class", "FileStreamSink", "file", out.toString(), "topics", topic()));
            awaitEqual(in, out);
            append(in, 1000, 1500);
            awaitEqual(in, out);
        } finally {
            connect.stop();
            connect.awaitStop();
        }

        append(in, 1500, 1600);
        Connect<?> again = new ConnectDistributed().startConnect(worker(broker, exactlyOnce));
        try {
            awaitEqual(in, out);
        } finally {
            again.stop();
            again.awaitStop();
        }
    }

    private String topic() {
        return "connect-lines-" + run;
    }

    private Map<String, String> worker(BrokerUnderTest.Address broker, String exactlyOnce) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.bootstrap());
        settings.put("group.id", "connect-" + run);
        settings.put("listeners", "http://127.0.0.1:0");
        settings.put("plugin.discovery", "service_load");
        settings.put("key.converter", LINES_CONVERTER);
        settings.put("value.converter", LINES_CONVERTER);
        settings.put("offset.flush.interval.ms", "1000");
        settings.put("exactly.once.source.support", exactlyOnce);
        for (String store : List.of("config", "offset", "status")) {
            settings.put(store + ".storage.topic", "connect-" + store + "-" + run);
            settings.put(store + ".storage.replication.factor", "1");
        }
        return settings;
    }

    private void create(Connect<?> connect, String name, Map<String, String> config) throws Exception {
        String json = config.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
                .reduce((left, right) -> left + "," + right)
                .orElseThrow();
        URI uri = connect.rest().advertisedUrl().resolve("/connectors/" + name + "-" + run + "/config");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{" + json + "}"))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    /** ASCII only: that file source counts characters and skips bytes, so after a restart it would be at another place. */
    private static void append(Path file, int from, int to) throws IOException {
        Files.write(
                file,
                IntStream.range(from, to)
                        .mapToObj(number -> "line " + number + " of the file")
                        .toList(),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static void awaitEqual(Path in, Path out) throws Exception {
        long size = Files.size(in);
        Waiting.until("the lines to arrive", LIMIT, () -> Files.exists(out) && Files.size(out) >= size);
        assertThat(Files.mismatch(in, out)).as("where the files differ").isEqualTo(-1);
    }
}
