package dev.sluice.connector.elasticsearch.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class RefusalTest {
    @Test
    void tellsTypeReasonAndTheDeepestCause() {
        String body =
                "{\"error\":{\"root_cause\":[],\"type\":\"document_parsing_exception\",\"reason\":\"[1:10] failed to"
                        + " parse field [price] of type"
                        + " [long]\",\"caused_by\":{\"type\":\"illegal_argument_exception\",\"reason\":\"outer\",\"caused_by\":{\"type\":\"x\",\"reason\":\"For"
                        + " input string: \\\"abc\\\"\"}}},\"status\":400}";

        assertThat(refusal(400, body).words())
                .isEqualTo("document_parsing_exception, status 400, [1:10] failed to parse field [price] of type [long]"
                        + " (For input string: \"abc\")");
    }

    @Test
    void aCauseThatRepeatsTheReasonIsLeftOut() {
        String body = "{\"error\":{\"type\":\"a\",\"reason\":\"field [x] is long\",\"caused_by\":{\"reason\":\"field"
                + " [x]\"}}}";

        assertThat(refusal(400, body).words()).isEqualTo("a, status 400, field [x] is long");
    }

    @Test
    void readsAnErrorThatIsAText() {
        assertThat(refusal(405, "{\"error\":\"Incorrect HTTP method\",\"status\":405}")
                        .words())
                .isEqualTo("status 405, Incorrect HTTP method");
    }

    @Test
    void readsAMessageAsGatewaysOfCloudsSendIt() {
        assertThat(refusal(403, "{\"message\":\"Forbidden by policy\"}").words())
                .isEqualTo("status 403, Forbidden by policy");
    }

    @Test
    void readsThePageOfAProxy() {
        assertThat(refusal(413, "<html>\r\n<head><title>413 Too Large</title></head>\n<hr>nginx</html>")
                        .words())
                .isEqualTo("status 413, 413 Too Large nginx");
    }

    @Test
    void anEmptyBodyLeavesTheStatus() {
        assertThat(refusal(502, "").words()).isEqualTo("status 502");
    }

    @Test
    void longReasonsAreCut() {
        String body = "{\"error\":{\"type\":\"t\",\"reason\":\"" + "r".repeat(1_000) + "\",\"caused_by\":{\"reason\":\""
                + "c".repeat(1_000) + "\"}}}";

        assertThat(refusal(400, body).reason())
                .hasSize(400)
                .startsWith("r".repeat(199) + "… (ccc")
                .endsWith("c…");
    }

    private static Refusal refusal(int status, String body) {
        return new Answer(status, body.getBytes(StandardCharsets.UTF_8), null).refusal();
    }
}
