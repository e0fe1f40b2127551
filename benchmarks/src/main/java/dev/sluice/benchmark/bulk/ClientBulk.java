package dev.sluice.benchmark.bulk;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._helpers.bulk.BulkIngester;
import co.elastic.clients.elasticsearch._helpers.bulk.BulkListener;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.instrumentation.NoopInstrumentation;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.http.HttpHost;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the lines of a file by Kafka Connect's JSON converter and hands what comes out to the bulk ingester of Elasticsearch's
 * client: the least that a sink made of these two parts does. It reads from no broker and keeps no offsets.
 */
public final class ClientBulk {
    private static final int BULK_BYTES = 5 * 1024 * 1024;

    private ClientBulk() {}

    /** Takes address, index, file and how many requests may be under way. */
    public static void main(String[] arguments) throws IOException {
        String index = arguments[1];
        AtomicReference<@Nullable String> failure = new AtomicReference<>();
        RestClient http = RestClient.builder(HttpHost.create(arguments[0]))
                .setRequestConfigCallback(request -> request.setSocketTimeout(60_000))
                .build();
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", "false"), false);
        try (http;
                var transport =
                        new RestClientTransport(http, new JacksonJsonpMapper(), null, NoopInstrumentation.INSTANCE);
                BufferedReader lines = Files.newBufferedReader(Path.of(arguments[2]), StandardCharsets.UTF_8);
                BulkIngester<Void> ingester =
                        BulkIngester.of(builder -> builder.client(new ElasticsearchClient(transport))
                                .maxOperations(-1)
                                .maxSize(BULK_BYTES)
                                .flushInterval(1, TimeUnit.SECONDS)
                                .maxConcurrentRequests(Integer.parseInt(arguments[3]))
                                .listener(new Failures(failure)))) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                SchemaAndValue value = converter.toConnectData("lines", line.getBytes(StandardCharsets.UTF_8));
                String id = "lines+0+" + number++;
                ingester.add(operation ->
                        operation.index(document -> document.index(index).id(id).document(value.value())));
            }
        }
        if (failure.get() != null) {
            System.err.println(failure.get());
            System.exit(1);
        }
    }

    private record Failures(AtomicReference<@Nullable String> failure) implements BulkListener<Void> {
        @Override
        public void beforeBulk(long executionId, BulkRequest request, List<Void> contexts) {}

        @Override
        public void afterBulk(long executionId, BulkRequest request, List<Void> contexts, BulkResponse response) {
            if (response.errors()) {
                failure.set("Items of a bulk request were refused.");
            }
        }

        @Override
        public void afterBulk(long executionId, BulkRequest request, List<Void> contexts, Throwable broken) {
            failure.set(broken.toString());
        }
    }
}
