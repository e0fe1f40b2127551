package dev.sluice.connector.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.server.ElasticsearchKind;
import dev.sluice.testkit.server.TestingElasticsearch;
import dev.sluice.testkit.task.SourceTaskHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same on every server that was unpacked here. */
final class OtherServersSourceIT {
    @ParameterizedTest
    @MethodSource("dev.sluice.testkit.server.ElasticsearchKind#available")
    void readsFollowsAndGoesOn(ElasticsearchKind kind) {
        TestingElasticsearch server = TestingElasticsearch.shared(kind);
        String index = server.freshIndex();
        server.put("/" + index, "{\"settings\": {\"number_of_shards\": 2}, \"aliases\": {\"all-" + index + "\": {}}}");
        Reading reading = Reading.of(server.url(), "index", "all-" + index, "page.documents.max", "2");
        FakeSourceTaskContext context = new FakeSourceTaskContext();
        for (int id = 0; id < 9; id++) {
            server.index(index, Integer.toString(id), "{\"n\": " + id + "}");
        }
        try (SourceTaskHarness task = reading.start(context)) {
            task.commit(task.read(9));
            server.index(index, "3", "{\"n\": 33}");
            task.commit(task.read(1));
        }
        server.index(index, "9", "{}");
        try (SourceTaskHarness task = reading.start(context.restarted())) {
            assertThat(Reading.ids(task.read(1))).containsExactly("9");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.testkit.server.ElasticsearchKind#available")
    void followsAFieldOfTimes(ElasticsearchKind kind) {
        TestingElasticsearch server = TestingElasticsearch.shared(kind);
        String index = server.freshIndex();
        Reading reading = Reading.of(
                server.url(), "index", index, "follow", "field", "follow.field", "t", "page.documents.max", "1");
        for (int id = 0; id < 3; id++) {
            server.index(index, Integer.toString(id), "{\"t\": \"2020-01-0" + (1 + id / 2) + "\"}");
        }
        try (SourceTaskHarness task = reading.start()) {
            assertThat(Reading.ids(task.read(3))).containsExactly("0", "1", "2");
            server.index(index, "0", "{\"t\": \"2020-01-03\"}");
            assertThat(Reading.ids(task.read(1))).containsExactly("0");
        }
    }
}
