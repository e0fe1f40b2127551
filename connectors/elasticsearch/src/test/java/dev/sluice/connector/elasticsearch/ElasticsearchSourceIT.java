package dev.sluice.connector.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.connector.Progress;
import dev.sluice.api.data.Encoded;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.fault.Fault;
import dev.sluice.testkit.fault.FaultProxy;
import dev.sluice.testkit.server.StoredDocument;
import dev.sluice.testkit.server.TestingElasticsearch;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is particular to Elasticsearch; the contract of all sources is in the behaviour tests. */
final class ElasticsearchSourceIT {
    private static final TestingElasticsearch SERVER = TestingElasticsearch.shared();

    private final String index = SERVER.freshIndex();

    private Reading reading() {
        return Reading.of(SERVER.url(), "index", index);
    }

    private void write(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int id = from; id < to; id++) {
            lines.append("{\"index\": {\"_index\": \"%s\", \"_id\": \"%d\"}}\n{\"n\": %d}\n".formatted(index, id, id));
        }
        SERVER.bulk(lines.toString());
    }

    @Test
    void passesDocumentsOnAsTheyWereStored() {
        SERVER.put("/" + index, "{\"mappings\": {\"enabled\": false}}");
        String document =
                "{\"\":1,\"..\":[1.10,12345678901234567890],\"a.b\":{\"\u00fc \\\"\":null},\"t\":\"\\u0000\"}";
        SERVER.index(index, "\u00e4/ 1", document);

        try (SourceTaskHarness task = reading().start()) {
            SourceRecord record = task.read(1).get(0);
            assertThat(record.topic()).isEqualTo(index);
            assertThat(record.key().value()).isEqualTo("\u00e4/ 1");
            assertThat(record.value().encodedAs(Encoded.JSON).orElseThrow())
                    .isEqualTo(document.getBytes(StandardCharsets.UTF_8));
            assertThat(record.position().partition()).isEqualTo(Map.of("index", index, "shard", 0L));
            assertThat(record.position().offset().get("seq_no")).isEqualTo(0L);
        }
    }

    @Test
    void seesChangesAndNoDeletes() {
        write(0, 3);
        try (SourceTaskHarness task = reading().start()) {
            assertThat(Reading.ids(task.read(3))).containsExactly("0", "1", "2");
            SERVER.index(index, "1", "{\"n\": 17}");
            SERVER.delete("/" + index + "/_doc/2");
            SERVER.index(index, "3", "{}");
            List<SourceRecord> later = task.read(2);
            later.addAll(task.readRest());
            assertThat(Reading.ids(later)).containsExactly("1", "3");
            assertThat(later.get(0).value().value()).isEqualTo(Map.of("n", 17L));
        }
    }

    @Test
    void losesNothingWhileManyWrite() throws Exception {
        SERVER.put("/" + index, "{\"settings\": {\"number_of_shards\": 3}}");
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        int writers = 4;
        List<CompletableFuture<Void>> writing = IntStream.range(0, writers)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> writeAtRandom(writer, new Random(seed + writer))))
                .toList();
        Map<String, Long> newest = new HashMap<>();
        Map<String, Object> values = new TreeMap<>();
        try (SourceTaskHarness task = reading().with("page.documents.max", "50").start()) {
            CompletableFuture<Void> all = CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new));
            while (!all.isDone()) {
                task.readRest().forEach(record -> take(record, newest, values));
            }
            all.get();
            Map<String, Object> expected = new TreeMap<>();
            SERVER.documents(index).forEach(document -> expected.put(document.id(), document.source()));
            Waiting.until("all was read", Duration.ofMinutes(1), () -> {
                task.readRest().forEach(record -> take(record, newest, values));
                return values.keySet().equals(expected.keySet()) && values.equals(expected);
            });
        }
    }

    private void writeAtRandom(int writer, Random random) {
        for (int round = 0; round < 40; round++) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                int id = writer * 1_000 + random.nextInt(200);
                lines.append("{\"index\": {\"_index\": \"%s\", \"_id\": \"%d\"}}\n{\"round\": \"%d.%d\"}\n"
                        .formatted(index, id, round, i));
            }
            SERVER.bulk(lines.toString());
        }
    }

    /** Within a document, changes come in their order. */
    private static void take(SourceRecord record, Map<String, Long> newest, Map<String, Object> values) {
        String id = String.valueOf(record.key().value());
        long seqNo = record.position().offset().get("seq_no") instanceof Long number ? number : -1;
        Long before = newest.put(id, seqNo);
        assertThat(before == null ? -1 : before)
                .as("the change of %s before %s", id, seqNo)
                .isLessThan(seqNo);
        values.put(id, record.value().value());
    }

    @Test
    void goesOnInTheMiddleOfAPage() {
        write(0, 300);
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = reading().start(context)) {
            task.commit(task.read(100).subList(0, 77));
        }
        SERVER.index(index, "5", "{}");
        try (SourceTaskHarness task = reading().start(context.restarted())) {
            List<String> expected = new ArrayList<>(
                    IntStream.range(77, 300).mapToObj(Integer::toString).toList());
            expected.add("5");
            assertThat(Reading.ids(task.read(224))).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void readsAnIndexThatWasCreatedAgain() {
        write(0, 5);
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = reading().start(context)) {
            task.commit(task.read(5));
            SERVER.delete("/" + index);
            assertThat(task.readRest()).isEmpty();
            write(10, 12);
            assertThat(Reading.ids(task.read(2))).containsExactly("10", "11");
        }
        try (SourceTaskHarness task = reading().start(context.restarted())) {
            assertThat(Reading.ids(task.read(2))).containsExactly("10", "11");
        }
    }

    @Test
    void readsWhatAnAliasShows() {
        String other = SERVER.freshIndex();
        String alias = SERVER.freshIndex("alias");
        write(0, 4);
        SERVER.index(other, "x", "{\"n\": 9}");
        SERVER.post(
                "/_aliases",
                "{\"actions\": [{\"add\": {\"index\": \"%s\", \"alias\": \"%s\", \"filter\": {\"range\": {\"n\": {\"gte\": 2}}}}},"
                                .formatted(index, alias)
                        + " {\"add\": {\"index\": \"%s\", \"alias\": \"%s\"}}]}".formatted(other, alias));

        try (SourceTaskHarness task = Reading.of(SERVER.url(), "index", alias).start()) {
            List<SourceRecord> records = task.read(3);
            assertThat(Reading.ids(records)).containsExactlyInAnyOrder("2", "3", "x");
            assertThat(records).extracting(SourceRecord::topic).containsOnly(alias);
        }
    }

    @Test
    void namesTopicsByIndexWhereAPatternIsRead() {
        write(0, 1);
        try (SourceTaskHarness task = reading()
                .with("index", index + "*,no-such-index")
                .with("topic.prefix", "es.")
                .start()) {
            assertThat(task.read(1)).extracting(SourceRecord::topic).containsExactly("es." + index);
        }
    }

    @Test
    void readsWhatAQueryFindsAndSkipsTheRest() {
        write(0, 50);
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = reading()
                .with("query", "{\"terms\": {\"n\": [7, 8]}}")
                .with("fields.exclude", "n")
                .start(context)) {
            List<SourceRecord> records = task.read(2);
            assertThat(Reading.ids(records)).containsExactly("7", "8");
            assertThat(records.get(0).value().value()).isEqualTo(Map.of());
            Waiting.until("the rest is passed by", () -> {
                assertThat(task.poll()).isEmpty();
                return context.offsets().all().containsKey(Map.of("index", index, "shard", 0L));
            });
            assertThat(context.offsets().offset(Map.of("index", index, "shard", 0L)))
                    .containsEntry("seq_no", 49L);
        }
    }

    @Test
    void followsAFieldWithoutLosingEqualValues() {
        String[] times = {"2020-01-01T00:00:00.123456789Z", "2020-01-02", "2020-01-02", "2020-01-02"};
        SERVER.put("/" + index, "{\"mappings\": {\"properties\": {\"t\": {\"type\": \"date_nanos\"}}}}");
        for (int id = 0; id < times.length; id++) {
            SERVER.index(index, Integer.toString(id), "{\"t\": \"" + times[id] + "\"}");
        }
        SERVER.index(index, "none", "{}");
        Reading byTime =
                reading().with("follow", "field").with("follow.field", "t").with("page.documents.max", "1");
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = byTime.start(context)) {
            List<SourceRecord> records = task.read(4);
            assertThat(Reading.ids(records)).containsExactly("0", "1", "2", "3");
            task.commit(records.subList(0, 2));
        }
        SERVER.index(index, "4", "{\"t\": \"2020-01-02\"}");
        SERVER.index(index, "early", "{\"t\": \"2019-01-01\"}");
        try (SourceTaskHarness task = byTime.start(context.restarted())) {
            assertThat(Reading.ids(task.read(3))).containsExactly("2", "3", "4");
            assertThat(task.readRest()).isEmpty();
        }
    }

    @Test
    void leavesTheLastMomentsOfAFieldForLater() {
        Reading byTime =
                reading().with("follow", "field").with("follow.field", "t").with("follow.lag.ms", "3000");
        String now = java.time.Instant.now().toString();
        SERVER.index(index, "now", "{\"t\": \"" + now + "\"}");
        SERVER.index(index, "old", "{\"t\": \"2020-01-01T00:00:00Z\"}");
        try (SourceTaskHarness task = byTime.start()) {
            assertThat(Reading.ids(task.read(1))).containsExactly("old");
            SERVER.index(index, "late", "{\"t\": \"2020-02-01T00:00:00Z\"}");
            assertThat(Reading.ids(task.read(2))).containsExactly("late", "now");
        }
    }

    @Test
    void readsWithoutRefreshingWhatTheIndexRefreshesItself() {
        SERVER.put("/" + index, "{\"settings\": {\"refresh_interval\": \"50ms\"}}");
        write(0, 5);
        try (SourceTaskHarness task = reading()
                .with("refresh.before.read", "false")
                .with("follow.lag.ms", "500")
                .start()) {
            assertThat(Reading.ids(task.read(5))).containsExactly("0", "1", "2", "3", "4");
            write(5, 6);
            assertThat(Reading.ids(task.read(1))).containsExactly("5");
        }
    }

    @Test
    void endsOnceItHasCaughtUpIfItShallNotFollow() {
        write(0, 30);
        Reading once = reading().with("follow", "none").with("page.documents.max", "10");
        try (SourceTaskHarness task = once.start()) {
            List<SourceRecord> records = task.read(10);
            // Changed before its page was read: it is now behind what was there at the start.
            SERVER.index(index, "29", "{}");
            SERVER.refresh(index);
            records.addAll(task.read(30 - records.size()));
            assertThat(Reading.ids(records)).doesNotHaveDuplicates().contains("29");
            assertThat(task.readRest()).isEmpty();
            write(30, 35);
            assertThat(task.readRest()).isEmpty();
        }
    }

    @Test
    void blamesTheQueryForWhatTheServerRefuses() {
        write(0, 1);
        try (SourceTaskHarness task =
                reading().with("query", "{\"no_such_query\": {}}").start()) {
            assertThatThrownBy(() -> task.read(1))
                    .isExactlyInstanceOf(ConnectorException.class)
                    .hasMessageStartingWith("Cannot read documents of shard [" + index + "][0]: ")
                    .hasMessageContaining("no_such_query")
                    .hasMessageEndingWith("Correct query, follow.field, or page.documents.max.");
        }
    }

    @Test
    void keepsPagesSmallWhereDocumentsAreLarge() {
        String text = "x".repeat(20_000);
        for (int id = 0; id < 40; id++) {
            SERVER.index(index, Integer.toString(id), "{\"t\": \"" + text + "\"}");
        }
        try (SourceTaskHarness task = reading().with("page.bytes.max", "100kb").start()) {
            int read = 0;
            int polls = 0;
            while (read < 40) {
                List<SourceRecord> page = task.poll();
                assertThat(page.size()).isLessThanOrEqualTo(polls == 0 ? 10 : 5);
                read += page.size();
                polls += page.isEmpty() ? 0 : 1;
            }
        }
    }

    @Test
    void tellsHowFarItIs() {
        write(0, 100);
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        try (SourceTaskHarness task = reading().start(context)) {
            assertThat(task.read(100)).hasSize(100);
        }
        List<Progress> reports = context.progressReports();
        assertThat(reports.get(0).done()).isZero();
        assertThat(reports).allSatisfy(report -> assertThat(report.total()).hasValue(100));
        assertThat(reports.get(reports.size() - 1).done()).isEqualTo(100);
        assertThat(reports.get(0).what()).isEqualTo("reading " + index);
    }

    @Test
    void saysThatDocumentsAreNotKept() {
        SERVER.put("/" + index, "{\"mappings\": {\"_source\": {\"enabled\": false}}}");
        SERVER.index(index, "1", "{}");
        try (SourceTaskHarness task = reading().start()) {
            assertThatThrownBy(() -> task.read(1))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessage("Cannot read documents of index " + index
                            + ": it does not keep them (_source is disabled in its mapping), so only their ids are there."
                            + " Leave the index out, or fill it anew with _source enabled.");
        }
    }

    @Test
    void survivesABusyClusterAndBrokenConnections() {
        write(0, 200);
        try (FaultProxy proxy = FaultProxy.before(SERVER.url())) {
            Random random = new Random(11);
            proxy.rule(exchange -> switch (random.nextInt(6)) {
                case 0 -> Fault.status(503);
                case 1 -> Fault.status(429);
                case 2 -> Fault.resetAfter();
                case 3 -> Fault.cutAnswer();
                default -> Fault.none();
            });
            Reading throughProxy = Reading.of(proxy.url(), "index", index, "page.documents.max", "20");
            try (SourceTaskHarness task = throughProxy.start()) {
                assertThat(Reading.ids(task.read(200)))
                        .containsExactlyElementsOf(IntStream.range(0, 200)
                                .mapToObj(Integer::toString)
                                .toList());
            }
        }
    }

    @Test
    void asksForTheMissingPrivilege() {
        write(0, 1);
        try (FaultProxy proxy = FaultProxy.before(SERVER.url())) {
            proxy.rule(exchange -> exchange.target().contains("_refresh") ? Fault.status(403) : Fault.none());
            try (SourceTaskHarness task =
                    Reading.of(proxy.url(), "index", index).start()) {
                assertThatThrownBy(task::poll)
                        .isInstanceOf(ConnectorException.class)
                        .hasMessageStartingWith("Cannot refresh [" + index + "], which takes the privilege maintenance;"
                                + " refresh.before.read=false does without: ");
            }
        }
    }

    @Test
    void asksToBeCalledAgainWhereNobodyAnswers() {
        try (FaultProxy proxy = FaultProxy.before(SERVER.url());
                SourceTaskHarness task = Reading.of(proxy.url(), "index", index).start()) {
            proxy.down();
            assertThatThrownBy(task::poll)
                    .isInstanceOf(RetriableException.class)
                    .hasMessageStartingWith("Cannot read documents: no connection");
            proxy.up();
            write(0, 1);
            assertThat(Reading.ids(task.read(1))).containsExactly("0");
        }
    }

    @Test
    void findsTheDocumentsThatTheServerHas() {
        write(0, 20);
        SERVER.index(index, "3", "{}");
        try (SourceTaskHarness task = reading().start()) {
            Map<String, Object> read = new TreeMap<>();
            task.read(20)
                    .forEach(record -> read.put(
                            String.valueOf(record.key().value()), record.value().value()));
            Map<String, Object> stored = new TreeMap<>();
            for (StoredDocument document : SERVER.documents(index)) {
                stored.put(document.id(), document.source());
            }
            assertThat(read.keySet()).isEqualTo(stored.keySet());
        }
    }
}
