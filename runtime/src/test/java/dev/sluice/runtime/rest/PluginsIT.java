package dev.sluice.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.flow.FakeFlow;
import dev.sluice.runtime.flow.Verdict;
import dev.sluice.runtime.store.StoredTarget;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be set, and what is said about settings. */
final class PluginsIT {
    private static final String KEY = "{\"name\":\"file\",\"type\":\"STRING\",\"required\":true,"
            + "\"default_value\":null,\"importance\":\"HIGH\",\"documentation\":\"The file.\",\"group\":\"Own\","
            + "\"order_in_group\":1,\"width\":\"LONG\",\"display_name\":\"File\",\"dependents\":[\"topic\"]}";

    private static TestingRest rest;

    @BeforeAll
    static void serve() {
        rest = TestingRest.serving(Map.of());
    }

    @AfterAll
    static void stop() {
        rest.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "?version=1.0"})
    void describesWhatCanBeSet(String ending) throws Exception {
        HttpResponse<String> answer = rest.get("/connector-plugins/FileSink/config" + ending);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[" + KEY + "]");
    }

    @Test
    void aPluginThatIsNotThereIsSaidToBe() throws Exception {
        HttpResponse<String> answer = rest.get("/connector-plugins/FileSnk/config");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error_code\":404,\"message\":\"Unknown plugin FileSnk.\",\"fix\":\"Did you mean FileSink?\"}");
    }

    @Test
    void aVersionThatIsNotThereIsAMistake() throws Exception {
        HttpResponse<String> answer = rest.get("/connector-plugins/FileSink/config?version=7");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Plugin FileSink has no version 7.");
    }

    @Test
    void checksSettings() throws Exception {
        HttpResponse<String> answer = rest.sendJson(
                "PUT", "/connector-plugins/FileSink/config/validate", "{\"connector.class\":\"FileSink\",\"a\":null}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"name\":\"FileSink\",\"error_count\":1,\"groups\":[\"Own\"],\"configs\":[{\"definition\":"
                        + KEY
                        + ",\"value\":{\"name\":\"file\",\"value\":null,\"recommended_values\":[\"a\"],\"errors\":"
                        + "[\"Give one.\"],\"visible\":true}},{\"definition\":null,\"value\":{\"name\":\"x\",\"value\":\"1\","
                        + "\"recommended_values\":[],\"errors\":[\"No.\"],\"visible\":true}}],\"warnings\":[{\"field\":"
                        + "\"filee\",\"severity\":\"warning\",\"message\":\"Setting filee is not known.\",\"fix\":"
                        + "\"Use file.\"}]}");
        assertThat(rest.pluginConfigs.asked).isEqualTo("FileSink {connector.class=FileSink, a=null} false false");
    }

    @Test
    void mayTryAndSayMore() throws Exception {
        HttpResponse<String> answer =
                rest.sendJson("PUT", "/connector-plugins/FileSink/config/validate?probe=true&extended=true", "{}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(rest.pluginConfigs.asked).isEqualTo("FileSink {} true true");
    }

    @Test
    void takesTheStoredSecretForItsMask() throws Exception {
        rest.connectors.put(new ConnectorView(
                "a",
                PluginKind.SINK,
                Map.of("password", "hunter2"),
                StoredTarget.STARTED,
                FakeConnectors.running(),
                FakeFlow.of(Verdict.FLOWING),
                List.of()));

        HttpResponse<String> answer = rest.sendJson(
                "PUT", "/connector-plugins/FileSink/config/validate", "{\"name\":\"a\",\"password\":\"[hidden]\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(rest.pluginConfigs.asked).isEqualTo("FileSink {name=a, password=hunter2} false false");
    }
}
