package dev.sluice.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds before any route: pages of other origins, headers of all answers, rates, listeners of /admin, log levels. */
final class FrontIT {
    private static HttpResponse<String> from(TestingRest rest, String method, String origin, String... headers)
            throws Exception {
        HttpRequest.Builder request = rest.request("/connectors/a/pause")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return rest.send(request);
    }

    @Test
    void aPageOfAnAllowedOriginMayAskAndRead() throws Exception {
        try (TestingRest rest = TestingRest.serving(Map.of(
                "access.control.allow.origin", "https://console.example.org",
                "access.control.allow.methods", "GET,PUT"))) {
            HttpResponse<String> preflight =
                    from(rest, "OPTIONS", "https://console.example.org", "Access-Control-Request-Method", "PUT");
            HttpResponse<String> change =
                    from(rest, "PUT", "https://console.example.org", "Sec-Fetch-Site", "cross-site");
            HttpResponse<String> other =
                    from(rest, "OPTIONS", "https://evil.example", "Access-Control-Request-Method", "PUT");

            assertThat(preflight.statusCode()).isEqualTo(204);
            assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("https://console.example.org");
            assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                    .contains("GET,PUT");
            assertThat(preflight.headers().firstValue("Vary")).contains("Origin");
            assertThat(change.statusCode()).isEqualTo(202);
            assertThat(other.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(other.headers().firstValue("Access-Control-Allow-Methods"))
                    .isEmpty();
        }
    }

    @Test
    void withoutSettingsNoPageOfAnotherSiteMayChangeOrRead() throws Exception {
        try (TestingRest rest = TestingRest.serving(Map.of())) {
            HttpResponse<String> foreign = from(rest, "PUT", "https://evil.example", "Sec-Fetch-Site", "cross-site");
            HttpResponse<String> own = from(rest, "PUT", "http://here", "Sec-Fetch-Site", "same-origin");

            assertThat(foreign.statusCode()).isEqualTo(403);
            assertThat(foreign.body())
                    .contains("Cannot take changes from a page of https://evil.example: it is of another site.");
            assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(own.statusCode()).isEqualTo(202);
            assertThat(rest.connectors.calls).containsExactly("pause a");
        }
    }

    @Test
    void headersOfTheSettingsAreInEveryAnswer() throws Exception {
        try (TestingRest rest = TestingRest.serving(Map.of(
                "response.http.headers.config",
                "set X-Frame-Options:DENY, \"add Cache-Control:no-cache, no-store\""))) {
            for (String path : new String[] {"/", "/connectors/x", "/nothing"}) {
                HttpResponse<String> answer = rest.get(path);

                assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
                assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache, no-store");
            }
        }
    }

    @Test
    void whoAsksTooOftenHasToWait() throws Exception {
        try (TestingRest rest = TestingRest.serving(Map.of("rest.requests.per.second.max", "1"))) {
            int refused = 0;
            HttpResponse<String> last = rest.get("/");
            for (int i = 0; i < 60 && last.statusCode() == 200; i++) {
                last = rest.get("/");
                refused = i;
            }

            assertThat(refused).as("requests before the first refusal").isGreaterThanOrEqualTo(9);
            assertThat(last.statusCode()).isEqualTo(429);
            assertThat(last.headers().firstValue("Retry-After")).contains("1");
            assertThat(last.body()).contains("rest.requests.per.second.max");
        }
    }

    @Test
    void adminPathsMayHaveListenersOfTheirOwn() throws Exception {
        try (TestingRest rest = TestingRest.serving(Map.of("admin.listeners", "http://127.0.0.1:0"))) {
            URI admin = rest.server.adminAddresses().get(0);

            assertThat(rest.get("/admin/loggers").statusCode()).isEqualTo(404);
            assertThat(rest.send(HttpRequest.newBuilder(admin.resolve("/admin/loggers")))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(rest.send(HttpRequest.newBuilder(admin.resolve("/connectors")))
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void adminPathsMayBeOff() throws Exception {
        try (TestingRest rest = TestingRest.serving(Map.of("admin.listeners", ""))) {
            assertThat(rest.get("/admin/loggers").statusCode()).isEqualTo(404);
            assertThat(rest.get("/openapi.json").body()).doesNotContain("/admin/loggers");
        }
    }

    @Test
    void logLevelsChangeAtRunTime() throws Exception {
        try (TestingRest rest = TestingRest.serving(Map.of())) {
            HttpResponse<String> set = rest.sendJson("PUT", "/admin/loggers/a.b.Test", "{\"level\":\"debug\"}");
            HttpResponse<String> shown = rest.get("/admin/loggers/a.b.Test");
            HttpResponse<String> cluster =
                    rest.sendJson("PUT", "/admin/loggers/a.b.Test?scope=cluster", "{\"level\":\"ERROR\"}");

            assertThat(set.body()).isEqualTo("[\"a.b.Test\"]");
            assertThat(shown.body()).matches("\\{\"level\":\"DEBUG\",\"last_modified\":\\d{13}}");
            assertThat(cluster.statusCode()).isEqualTo(204);
            assertThat(rest.get("/admin/loggers").body())
                    .contains("\"a.b.Test\":{\"level\":\"ERROR\"")
                    .contains("\"root\":{");
            assertThat(rest.get("/admin/loggers/root").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.b.Test|{}|400|Desired 'level' parameter was not specified in request.",
                "a.b.Test|{\"level\":\"LOUD\"}|404|invalid log level 'LOUD'.",
                "a.b.Test?scope=world|{\"level\":\"INFO\"}|400|Cannot set a log level with scope=world: it must be worker or cluster."
            })
    void aLevelThatIsNoneIsRefused(String logger, String body, int code, String message) throws Exception {
        try (TestingRest rest = TestingRest.serving(Map.of())) {
            HttpResponse<String> answer = rest.sendJson("PUT", "/admin/loggers/" + logger, body);

            assertThat(answer.statusCode()).isEqualTo(code);
            assertThat(answer.body()).startsWith("{\"error_code\":" + code + ",\"message\":\"" + message);
            assertThat(rest.get("/admin/loggers/no.such.Logger").statusCode()).isEqualTo(404);
        }
    }
}
