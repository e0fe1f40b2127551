package dev.sluice.runtime.rest;

import static dev.sluice.runtime.rest.FakeConnectors.connector;
import static dev.sluice.runtime.rest.FakeConnectors.running;
import static dev.sluice.runtime.rest.FakeConnectors.state;
import static dev.sluice.runtime.rest.FakeConnectors.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.control.RunState;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HealthIT {
    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/ready"})
    void aWorkerThatHasStartedIsHealthy(String path) throws Exception {
        try (TestingRest rest = TestingRest.serving(Map.of())) {
            rest.connectors.put(connector("a", PluginKind.SINK, state(RunState.FAILED, "no")));

            HttpResponse<String> answer = rest.get(path);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .isEqualTo(
                            "{\"status\":\"healthy\",\"message\":\"Worker has completed startup and is ready to handle"
                                    + " requests.\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/ready", "/health/connectors"})
    void aWorkerThatStartsIsStarting(String path) throws Exception {
        try (TestingRest rest = TestingRest.starting(Map.of())) {
            HttpResponse<String> answer = rest.get(path);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body())
                    .isEqualTo("{\"status\":\"starting\",\"message\":\"Worker is still starting up.\"}");
        }
    }

    @Test
    void otherRequestsHaveToWaitForTheStart() throws Exception {
        try (TestingRest rest = TestingRest.starting(Map.of())) {
            HttpResponse<String> answer = rest.get("/connectors");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(answer.body()).isEqualTo("{\"error_code\":503,\"message\":\"The worker is starting.\"}");
        }
    }

    @Test
    void aWorkerThatCannotWorkIsUnhealthy() throws Exception {
        try (TestingRest rest = TestingRest.starting(Map.of())) {
            rest.serve(() -> CompletableFuture.failedFuture(new IllegalStateException("the log is closed")));

            HttpResponse<String> answer = rest.get("/health");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body())
                    .isEqualTo(
                            "{\"status\":\"unhealthy\",\"message\":\"Worker was unable to handle this request and may be"
                                    + " unable to handle other requests.\"}");
        }
    }

    @Test
    void connectorsAreHealthyUntilOneIsNot() throws Exception {
        try (TestingRest rest = TestingRest.serving(Map.of())) {
            rest.connectors.put(connector("a", PluginKind.SINK, running(), task(0, running())));

            HttpResponse<String> before = rest.get("/health/connectors");
            rest.connectors.put(connector(
                    "b",
                    PluginKind.SINK,
                    running(),
                    task(0, running()),
                    task(1, state(RunState.STUCK, "put hangs\nx"))));
            HttpResponse<String> after = rest.get("/health/connectors");

            assertThat(before.statusCode()).isEqualTo(200);
            assertThat(before.body()).isEqualTo("{\"status\":\"healthy\",\"connectors\":[]}");
            assertThat(after.statusCode()).isEqualTo(503);
            assertThat(after.body())
                    .isEqualTo("{\"status\":\"unhealthy\",\"connectors\":[{\"connector\":\"b\",\"verdict\":\"STUCK\","
                            + "\"since\":\"2026-08-01T12:00:00Z\",\"reason\":\"A reason.\","
                            + "\"nextAction\":\"An action.\"}]}");
        }
    }

    @Test
    void whatNobodyLookedAtIsNotHealthy() throws Exception {
        try (TestingRest rest = TestingRest.serving(Map.of())) {
            rest.connectors.isLookedAt = false;
            HttpResponse<String> answer = rest.get("/health/connectors");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body())
                    .isEqualTo(
                            "{\"status\":\"unhealthy\",\"connectors\":[],\"message\":\"The connectors were last looked"
                                    + " at at 2026-08-01T12:00:00Z. Look at the worker's log.\"}");
        }
    }
}
