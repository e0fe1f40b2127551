package dev.sluice.runtime.rest;

import static dev.sluice.runtime.rest.FakeConnectors.connector;
import static dev.sluice.runtime.rest.FakeConnectors.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.control.ConfigVersion;
import dev.sluice.runtime.control.OffsetEntry;
import dev.sluice.runtime.control.RequestRefused;
import dev.sluice.runtime.control.RequestRefused.Reason;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changes connectors: what is asked of the worker, and how its answers are passed on. */
final class ChangesIT {
    private static TestingRest rest;

    @BeforeAll
    static void serve() {
        rest = TestingRest.serving(Map.of("rest.request.timeout.ms", "300", "rest.request.bytes.max", "2000"));
    }

    @BeforeEach
    void forget() {
        rest.connectors.forget();
    }

    @AfterAll
    static void stop() {
        rest.close();
    }

    @Test
    void createsAConnector() throws Exception {
        HttpResponse<String> answer = rest.sendJson(
                "POST",
                "/connectors",
                "{\"name\": \" my files \", \"config\": {\"connector.class\": \"X\", \"tasks.max\": 2, \"flag\": true},"
                        + " \"initial_state\": \"paused\"}");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location"))
                .contains(rest.uri("/connectors/my%20files").toString());
        assertThat(answer.body())
                .startsWith("{\"name\":\"my files\",\"config\":{")
                .contains("\"tasks.max\":\"2\"")
                .contains("\"tasks\":[{\"connector\":\"my files\",\"task\":0}],\"type\":\"sink\"")
                .endsWith(",\"warnings\":[]}");
        assertThat(rest.connectors.calls)
                .containsExactly("create my files {connector.class=X, flag=true, name=my files, tasks.max=2} PAUSED");
    }

    @Test
    void showsSecretsToNobody() throws Exception {
        rest.connectors.history.add(new ConfigVersion(1, 0, "rest", Map.of("password", "hunter2")));
        rest.connectors.put(connector("a", PluginKind.SINK, running()));

        HttpResponse<String> created =
                rest.sendJson("POST", "/connectors", "{\"name\":\"a\",\"config\":{\"password\":\"hunter2\"}}");

        assertThat(created.body()).contains("\"password\":\"[hidden]\"").doesNotContain("hunter2");
        assertThat(rest.get("/connectors/a/config/history").body())
                .isEqualTo("[{\"version\":1,\"time\":\"1970-01-01T00:00:00Z\",\"origin\":\"rest\",\"config\":"
                        + "{\"password\":\"[hidden]\"}}]");
    }

    @Test
    void warningsStandBesideTheAnswer() throws Exception {
        rest.connectors.warnings.add(
                ConfigProblem.warning("tasks.maxx", "Setting tasks.maxx is not known.", "Use tasks.max."));

        HttpResponse<String> answer = rest.sendJson("PUT", "/connectors/a/config", "{\"tasks.maxx\":\"1\"}");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body())
                .endsWith("\"warnings\":[{\"field\":\"tasks.maxx\",\"severity\":\"warning\",\"message\":\"Setting"
                        + " tasks.maxx is not known.\",\"fix\":\"Use tasks.max.\"}]}");
    }

    @Test
    void configuresWhatIsThereWith200() throws Exception {
        rest.connectors.put(connector("a", PluginKind.SINK, running()));

        HttpResponse<String> answer = rest.sendJson("PUT", "/connectors/a/config/", "{\"x\":\"1\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(rest.connectors.calls).containsExactly("configure a {name=a, x=1}");
    }

    @Test
    void aPatchMayRemoveSettings() throws Exception {
        HttpResponse<String> answer = rest.sendJson("PATCH", "/connectors/a/config", "{\"x\":null,\"y\":3.50}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(rest.connectors.calls).containsExactly("patch a {x=null, y=3.50}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT|/connectors/a%20b/pause|202|pause a b",
                "PUT|/connectors/a/resume|202|resume a",
                "PUT|/connectors/a/stop|204|stop a",
                "DELETE|/connectors/a|204|delete a",
                "POST|/connectors/a/restart|204|restart a false false",
                "POST|/connectors/a/restart?includeTasks=true|202|restart a true false",
                "POST|/connectors/a/restart/?includeTasks=false&onlyFailed=TRUE|202|restart a false true",
                "POST|/connectors/a/tasks/3/restart|204|restart a-3",
                "POST|/connectors/a/config/rollback?version=3|200|rollback a 3",
                "DELETE|/connectors/a/offsets|200|reset a Forget[]",
                "DELETE|/connectors/a/offsets?to=earliest|200|reset a Earliest[]",
                "DELETE|/connectors/a/offsets?to=LATEST|200|reset a Latest[]",
                "DELETE|/connectors/a/offsets?to=1500|200|reset a At[millis=1500]",
                "DELETE|/connectors/a/offsets?to=1970-01-01T01:00:02%2B01:00|200|reset a At[millis=2000]",
                "DELETE|/connectors/a/offsets?to=1970-01-01T01:00:02+01:00|200|reset a At[millis=2000]",
                "GET|/connectors/a/topics|200|topics a",
                "PUT|/connectors/a/topics/reset|202|reset topics a"
            })
    void operationsReachTheWorker(String method, String path, int code, String call) throws Exception {
        rest.connectors.put(connector("a", PluginKind.SINK, running()));

        HttpResponse<String> answer = rest.send(method, path);

        assertThat(answer.statusCode()).isEqualTo(code);
        assertThat(rest.connectors.calls).containsExactly(call);
        if (code == 204) {
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void aRestartWithAFlagShowsThePlan() throws Exception {
        assertThat(rest.send("POST", "/connectors/a/restart?onlyFailed=true").body())
                .startsWith("{\"name\":\"a\",\"connector\":{\"state\":\"RESTARTING\",\"worker_id\":\"127.0.0.1:8083\"},"
                        + "\"tasks\":[],\"type\":\"sink\",\"flow\":{");
    }

    @Test
    void showsAndAltersOffsets() throws Exception {
        rest.connectors.offsets.add(new OffsetEntry(Map.of("filename", "x"), Map.of("position", 5L)));
        rest.connectors.offsets.add(new OffsetEntry(Map.of("filename", "y"), null));

        assertThat(rest.get("/connectors/a/offsets").body())
                .isEqualTo("{\"offsets\":[{\"partition\":{\"filename\":\"x\"},\"offset\":{\"position\":5}},"
                        + "{\"partition\":{\"filename\":\"y\"},\"offset\":null}]}");
        HttpResponse<String> altered = rest.sendJson(
                "PATCH",
                "/connectors/a/offsets",
                "{\"offsets\":[{\"partition\":{\"f\":\"x\"},\"offset\":{\"p\":7,\"q\":1.5,\"r\":true,\"s\":null,\"t\":[1]}},"
                        + "{\"partition\":{\"f\":\"y\"},\"offset\":null}]}");
        assertThat(altered.body()).isEqualTo("{\"message\":\"altered\"}");
        assertThat(rest.connectors.calls)
                .contains("alter a [OffsetEntry[partition={f=x}, offset={p=7, q=1.5, r=true, s=null, t=[1]}],"
                        + " OffsetEntry[partition={f=y}, offset=null]]");
    }

    @Test
    void listsTopicsInOrder() throws Exception {
        rest.connectors.put(connector("a", PluginKind.SINK, running()));

        assertThat(rest.get("/connectors/a/topics").body()).isEqualTo("{\"a\":{\"topics\":[\"t1\",\"t2\"]}}");
    }

    @ParameterizedTest
    @CsvSource({"NOT_FOUND, 404", "EXISTS, 409", "CONFLICT, 409", "INVALID, 400", "FORBIDDEN, 403", "TIMEOUT, 500"})
    void refusalsOfTheWorkerHaveTheirCode(Reason reason, int code) throws Exception {
        rest.connectors.refuse(new RequestRefused(
                reason,
                "Connector a is not so.",
                "Make it so.",
                List.of(ConfigProblem.error("file", "Cannot use file.", null))));

        HttpResponse<String> answer = rest.send("PUT", "/connectors/a/pause");

        assertThat(answer.statusCode()).isEqualTo(code);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error_code\":" + code + ",\"message\":\"Connector a is not so.\",\"fix\":\"Make it so.\","
                                + "\"problems\":[{\"field\":\"file\",\"severity\":\"error\",\"message\":\"Cannot use file.\"}]}");
    }

    @Test
    void anOperationThatTakesTooLongIsAnsweredWithItsStage() throws Exception {
        rest.connectors.put(connector("a", PluginKind.SINK, running()));
        rest.connectors.answerWith(new CompletableFuture<>());

        HttpResponse<String> answer = rest.send("PUT", "/connectors/a/stop");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .startsWith("{\"error_code\":500,\"message\":\"Request timed out after 300 ms. Connector a is RUNNING."
                        + " What was begun goes on.\",\"stage\":\"Connector a is RUNNING.\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\": \"a\",| 1| 14| Cannot read the body as JSON, line 1",
                "{\"name\": \"a\", \"config\": {}} x| 1| 29| Cannot read the body as JSON, line 1",
                "[1]| 1| 1| Cannot read the body (line 1, column 1): it is a list, expected an object with name",
                "{\"name\": \"a\"}| 1| 1| Cannot create a connector: field config is missing.",
                "{\"name\": \"a\", \"confg\": {}}| 1| 24| Cannot create a connector: field confg is not known",
                "{\"name\": [\"a\"], \"config\": {}}| 1| 10| Cannot read name (line 1, column 10): it is a list",
                "{\"name\": \"a\", \"config\": {\"topic\": null}}| 1| 35| Cannot read config.topic (line 1, column 35): setting topic is null, expected a text",
                "{\"name\": \"a\", \"config\": {\"topic\": {\"x\": 1}}}| 1| 35| Cannot read config.topic (line 1, column 35): setting topic is an object",
                "{\"name\": \"a\", \"config\": \"x\"}| 1| 25| Cannot read config (line 1, column 25): it is a text",
                "{\"name\": \"a\", \"name\": \"b\"}| 1| 21| Cannot read the body as JSON, line 1, column 21: Duplicate field",
                "{\"name\": \"a\", \"config\": {}, \"initial_state\": \"DANCING\"}| 1| 46| Cannot read initial_state (line 1, column 46): it is DANCING, expected RUNNING, PAUSED or STOPPED"
            })
    void aBodyThatCannotBeUnderstoodIsAnsweredWithThePlace(String body, int line, int column, String message)
            throws Exception {
        HttpResponse<String> answer = rest.sendJson("POST", "/connectors", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .startsWith("{\"error_code\":400,\"message\":\"" + message)
                .contains("\"line\":" + line + ",\"column\":" + column)
                .contains("\"fix\":\"");
        assertThat(rest.connectors.calls).isEmpty();
    }

    @Test
    void aBodyThatIsMissingIsSaidToBe() throws Exception {
        HttpResponse<String> answer = rest.send("POST", "/connectors");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Cannot read the body: it is empty, expected an object with name, config");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST|/connectors|{\"name\":\"a\",\"config\":{\"name\":\"b\"}}|Connector name configuration (b) doesn't match connector name in the URL (a)",
                "PUT|/connectors/a/config|{\"name\":\"b\"}|Connector name configuration (b) doesn't match connector name in the URL (a)",
                "PATCH|/connectors/a/config|{\"name\":null}|Connector name configuration (null) doesn't match connector name in the URL (a)",
                "PATCH|/connectors/a/offsets|{\"offsets\":[]}|Partitions / offsets need to be provided for an alter offsets request",
                "PATCH|/connectors/a/offsets|{}|Partitions / offsets need to be provided for an alter offsets request",
                "PATCH|/connectors/a/offsets|{\"offsets\":[{\"offset\":{}}]}|Cannot read offsets[0] (line 1, column 13): its partition is missing.",
                "PATCH|/connectors/a/offsets|{\"offsets\":{}}|Cannot read offsets (line 1, column 12): it is an object, expected a list."
            })
    void whatContradictsItselfIsRefused(String method, String path, String body, String message) throws Exception {
        HttpResponse<String> answer = rest.sendJson(method, path, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"error_code\":400,\"message\":\"" + message + "\"");
        assertThat(rest.connectors.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/connectors/a/restart?includeTasks=maybe|400|includeTasks",
                "POST|/connectors/a/config/rollback|400|version",
                "POST|/connectors/a/config/rollback?version=-1|400|version",
                "DELETE|/connectors/a/offsets?to=yesterday|400|to",
                "POST|/connectors/a/tasks/one/restart|404|task"
            })
    void aParameterThatCannotBeUnderstoodIsNamed(String method, String path, int code, String field) throws Exception {
        HttpResponse<String> answer = rest.send(method, path);

        assertThat(answer.statusCode()).isEqualTo(code);
        assertThat(answer.body()).contains("\"field\":\"" + field + "\"").contains("\"fix\":\"");
        assertThat(rest.connectors.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/x-www-form-urlencoded", "application/xml"})
    void aBodyOfAnotherTypeIsNotRead(String type) throws Exception {
        HttpResponse<String> answer = rest.send(rest.request("/connectors")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).startsWith("{\"error_code\":415,\"message\":\"HTTP 415 Unsupported Media Type\"");
    }

    @Test
    void theTypeOfABodyMayNameItsCharset() throws Exception {
        HttpResponse<String> answer = rest.send(rest.request("/connectors/a/config")
                .header("Content-Type", "Application/JSON; charset=utf-8")
                .PUT(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"2000, 201", "2001, 413"})
    void aBodyHasALargestSize(int size, int code) throws Exception {
        String body = "{\"x\":\"" + "y".repeat(size - 8) + "\"}";
        assertThat(body).hasSize(size);

        HttpResponse<String> answer = rest.sendJson("PUT", "/connectors/a/config", body);

        assertThat(answer.statusCode()).isEqualTo(code);
        if (code == 413) {
            assertThat(answer.body())
                    .startsWith(
                            "{\"error_code\":413,\"message\":\"Cannot read the body: it has more than 2000 bytes.\"");
        }
    }
}
