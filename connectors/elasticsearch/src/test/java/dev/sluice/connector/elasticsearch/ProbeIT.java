package dev.sluice.connector.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.connector.Connector;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.testkit.server.TestingElasticsearch;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Validates settings against a real Elasticsearch with users. */
final class ProbeIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static TestingElasticsearch server;

    @BeforeAll
    static void start() {
        server = TestingElasticsearch.setup()
                .user("boss", "boss-secret", "superuser")
                .user("writer", "writer-secret", "writing")
                .role("writing: {indices: [{names: ['mine*'], privileges: [index, view_index_metadata]}]}")
                .start();
        server.put(
                "/orders",
                "{\"mappings\":{\"properties\":{\"price\":{\"type\":\"long\"},\"at\":{\"type\":\"date\"},"
                        + "\"name\":{\"type\":\"keyword\"}}}}");
        server.put("/part-1", "{}");
        server.put("/part-2", "{}");
        server.post(
                "/_aliases",
                "{\"actions\":[{\"add\":{\"indices\":[\"part-1\",\"part-2\"],\"alias\":\"parts\"}},"
                        + "{\"add\":{\"index\":\"part-1\",\"alias\":\"one-part\"}}]}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatWorksHasNoFindings() {
        assertThat(sink(Map.of("topics", "orders,new-one"), sample("orders", Map.of("price", 5))))
                .isEmpty();
        assertThat(sink(Map.of("topics", "one-part"))).isEmpty();
        assertThat(source(Map.of("index", "orders", "follow", "field", "follow.field", "at")))
                .isEmpty();
    }

    @Test
    void wrongCredentialsAreFoundOnce() {
        Map<String, String> wrong = Map.of("topics", "orders", "connection.password", "wrong");

        assertThat(sink(wrong))
                .containsExactly("ERROR connection.username: Cannot use node " + server.url()
                        + ": it does not accept user boss, security_exception, status 401, unable to authenticate user"
                        + " [boss] for REST request [/_cluster/health?local=true]. Correct connection.username and"
                        + " connection.password, connection.api.key or connection.bearer.token.");
    }

    @Test
    void aNodeThatIsGoneIsAWarningWhileAnotherIsThere() {
        String both = server.url() + ",http://127.0.0.1:1";

        assertThat(sink(Map.of("topics", "orders", "connection.url", both)))
                .containsExactly(
                        "WARNING connection.url: Cannot reach node http://127.0.0.1:1: no connection (Connection"
                                + " refused). Check connection.url, and that the cluster runs and can be reached from"
                                + " here.");
        assertThat(sink(Map.of("topics", "orders", "connection.url", "http://127.0.0.1:1")))
                .containsExactly("ERROR connection.url: Cannot reach node http://127.0.0.1:1: no connection (Connection"
                        + " refused). Check connection.url, and that the cluster runs and can be reached from here.");
    }

    @Test
    void missingPrivilegesAreNamed() {
        Map<String, String> writer = Map.of("connection.username", "writer", "connection.password", "writer-secret");

        assertThat(sink(plus(writer, "topics", "mine-too,orders", "behavior.on.null.values", "delete")))
                .containsExactly(
                        "ERROR connection.username: Cannot write to mine-too: user writer lacks create_index, delete."
                                + " Give its role these privileges on the index.",
                        "ERROR connection.username: Cannot write to orders: user writer lacks delete, index,"
                                + " view_index_metadata. Give its role these privileges on the index.");
        assertThat(source(plus(writer, "index", "mine*")))
                .containsExactly(
                        "ERROR connection.username: Cannot read mine*: user writer lacks maintenance, monitor, read."
                                + " Give its role these privileges on the index.");
    }

    @Test
    void resourcesThatAreMissingOrOfAnotherKindAreNamed() {
        Map<String, String> external = Map.of("topics", "a", "external.resource.usage", "INDEX");

        assertThat(sink(plus(external, "topic.to.external.resource.mapping", "a:nowhere")))
                .containsExactly(
                        "ERROR topic.to.external.resource.mapping: Cannot write to nowhere: there is no index, alias or"
                                + " data stream of that name. Create it, or correct the name.");
        assertThat(sink(Map.of("topics", "parts")))
                .containsExactly(
                        "ERROR index.name: Cannot write to alias parts: it stands for several indices, none of which"
                                + " is the one to write to. Set is_write_index on one of them.");
        assertThat(sink(Map.of(
                        "topics",
                        "a",
                        "key.ignore",
                        "true",
                        "external.resource.usage",
                        "DATASTREAM",
                        "topic.to.external.resource.mapping",
                        "a:orders")))
                .containsExactly(
                        "ERROR topic.to.external.resource.mapping: Cannot add to data stream orders: an index has that"
                                + " name. Write to it as to an index, or choose another name.");
        assertThat(sink(Map.of(
                        "topics",
                        "a",
                        "key.ignore",
                        "true",
                        "data.stream.type",
                        "METRICS",
                        "data.stream.dataset",
                        "nothing_fits")))
                .containsExactly(
                        "ERROR data.stream.type: Cannot create data stream metrics-nothing_fits-a: no index template"
                                + " with data_stream fits its name. Create one with PUT /_index_template, or choose a name"
                                + " that one fits.");
    }

    @Test
    void aSampleThatDoesNotFitIsToldInTheServersWords() {
        assertThat(sink(Map.of("topics", "orders"), sample("orders", Map.of("price", "cheap"))))
                .containsExactly(
                        "WARNING behavior.on.malformed.documents: Sample of topic orders: The server would refuse the"
                                + " document for index orders: document_parsing_exception, status 400, [1:10] failed to"
                                + " parse field [price] of type [long] in document with id 'sample'. Preview of field's"
                                + " value: 'cheap' (For input string: \"cheap\"). Correct the mapping of the index or the"
                                + " record.");
        assertThat(server.get("/orders/_count").path("count").asLong()).isZero();
    }

    @Test
    void aQueryThatIsNoneAndAFieldThatDoesNotGrowAreNamed() {
        assertThat(source(Map.of("index", "orders", "query", "{\"matches\":{}}")))
                .singleElement()
                .asString()
                .startsWith("ERROR query: Cannot search orders: parsing_exception, status 400, unknown query [matches]")
                .endsWith("Correct the query.");
        assertThat(source(Map.of("index", "orders", "follow", "field", "follow.field", "name")))
                .containsExactly(
                        "ERROR follow.field: Cannot follow field name: its type is keyword, which does not grow. Name a"
                                + " date or a number.");
        assertThat(source(Map.of("index", "orders", "follow", "field", "follow.field", "nothing")))
                .containsExactly(
                        "WARNING follow.field: No document is read yet: none of the indices has a field nothing."
                                + " Correct follow.field, or add the field to the documents.");
        assertThat(source(Map.of("index", "nowhere")))
                .containsExactly(
                        "WARNING index: There is nothing to read yet: no index, alias or data stream is named nowhere."
                                + " Correct the names, or create it: it is read once it is there.");
    }

    private static List<String> sink(Map<String, String> settings, SinkRecord... samples) {
        return findings(new ElasticsearchSinkConnector(), plus(settings, "schema.ignore", "true"), samples);
    }

    private static List<String> source(Map<String, String> settings) {
        return findings(new ElasticsearchSourceConnector(), settings);
    }

    private static List<String> findings(Connector connector, Map<String, String> settings, SinkRecord... samples) {
        Map<String, String> all = new HashMap<>(Map.of(
                "connection.url", server.url(),
                "connection.username", "boss",
                "connection.password", "boss-secret"));
        all.putAll(settings);
        return connector.validate(all, new ValidationProbe(true, LIMIT, List.of(samples))).problems().stream()
                .map(problem -> problem.severity() + " " + problem.key() + ": " + message(problem))
                .toList();
    }

    private static String message(ConfigProblem problem) {
        return problem.fix() == null ? problem.message() : problem.message() + " " + problem.fix();
    }

    private static Map<String, String> plus(Map<String, String> settings, String... more) {
        Map<String, String> all = new HashMap<>(settings);
        for (int index = 0; index < more.length; index += 2) {
            all.put(more[index], more[index + 1]);
        }
        return all;
    }

    private static SinkRecord sample(String topic, Map<String, Object> value) {
        return SinkRecord.of(new RecordCoordinates(new TopicPartition(topic, 0), 0), SchemaAndValue.schemaless(value))
                .withKey(SchemaAndValue.string("k"));
    }
}
