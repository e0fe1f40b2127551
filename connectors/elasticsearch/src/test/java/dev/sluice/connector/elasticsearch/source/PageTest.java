package dev.sluice.connector.elasticsearch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PageTest {
    private static Page parse(String answer) throws IOException {
        return Page.parse(answer.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void cutsDocumentsOutAsTheyAre() throws IOException {
        Page page =
                parse("{\"took\":1,\"hits\":{\"total\":{\"value\":1},\"hits\":[{\"_index\":\"a\",\"_id\":\"\u00e4\","
                        + "\"_source\": { \"n\" : 1.10, \"l\":[{}] } ,\"_seq_no\":7,\"_version\":3,\"_routing\":\"r\",\"sort\":[7,\"x\"],"
                        + "\"fields\":{\"_source\":[1]}}]},\"timed_out\":false}");
        assertThat(page.isWhole()).isTrue();
        Hit hit = page.hits().get(0);
        assertThat(hit.id()).isEqualTo("\u00e4");
        assertThat(hit.seqNo()).isEqualTo(7);
        assertThat(hit.sort()).isEqualTo(7);
        assertThat(hit.source()).asString(StandardCharsets.UTF_8).isEqualTo("{ \"n\" : 1.10, \"l\":[{}] }");
    }

    @Test
    void knowsAnAnswerOfSomeShardsOnly() throws IOException {
        assertThat(parse("{\"_shards\":{\"total\":2,\"failed\":1,\"failures\":[{}]},\"hits\":{\"hits\":[]}}")
                        .isWhole())
                .isFalse();
        assertThat(parse("{\"timed_out\":true,\"hits\":{\"hits\":[]}}").isWhole())
                .isFalse();
    }

    @Test
    void takesAnAnswerWithoutAListForNoEnd() throws IOException {
        assertThat(parse("{}").isWhole()).isFalse();
        assertThat(parse("{\"hits\":{\"max_score\":null}}").isWhole()).isFalse();
        assertThat(parse("{\"hits\":{\"hits\":[]}}").isWhole()).isTrue();
    }

    @Test
    void saysThatAnAnswerIsNone() {
        assertThatThrownBy(() -> parse("[]"))
                .isInstanceOf(IOException.class)
                .hasMessage("The answer to a search is no JSON object.");
    }
}
