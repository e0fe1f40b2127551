package dev.sluice.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.control.Prune;
import dev.sluice.runtime.fake.FakePlugins;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Secrets are planted wherever somebody may put one; then everything that a worker says is searched for them. */
class PlantedSecretsTest {
    private static final String INLINE = "planted-inline";
    private static final String IN_ADDRESS = "planted-address";
    private static final String BY_NAME = "planted-name";
    private static final String PROVIDED = "planted-provided";
    private static final List<String> PLANTED = List.of(INLINE, IN_ADDRESS, BY_NAME, PROVIDED);
    private static final String SETTINGS = """
            "connector.class": "FakeSource", "restart.policy": "never", "word": "%s",
            "address": "jdbc:x://h/d?user=u&password=%s", "some.password": "%s", "other": "${fake:/s:pw}\"""".formatted(INLINE, IN_ADDRESS, BY_NAME);

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> answers = new LinkedHashMap<>();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            log.add(LogLine.WITH_TRACES.doLayout(event));
        }
    };
    private StandaloneWorker worker;

    @BeforeEach
    void start() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
        FakeWorld.of("planted-provider").values().put("/s:pw", PROVIDED);
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "listeners", "http://127.0.0.1:0",
                "plugin.path", FakePlugins.in(folder).get(0).toString(),
                "broker.data.dir", folder.resolve("data").toString(),
                "key.converter", "FakeText",
                "value.converter", "FakeText",
                "header.converter", "FakeText$InHeaders"));
        settings.putAll(Map.of(
                "config.providers", "fake",
                "config.providers.fake.class", "FakeProvider",
                "config.providers.fake.param.world", "planted-provider"));
        worker = StandaloneWorker.start(WorkerConfig.parse(settings));
        worker.apply(List.of(), Prune.KEEP_OTHERS);
    }

    @AfterEach
    void stop() {
        FakeWorld.of("source").calm("validate");
        worker.close();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(appender);
    }

    private String send(String method, String path, String body) {
        URI uri = worker.addresses().get(0).resolve(path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            answers.put(method + " " + path + " " + answers.size(), answer.statusCode() + " " + answer.body());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private String get(String path) {
        return send("GET", path, "");
    }

    @Test
    void noSecretIsInAnyAnswerOrInTheLog() {
        String message = String.join(", ", PLANTED);
        FakeWorld.of("planted").at("taskStart", index -> {
            throw new IllegalStateException("no login: " + message, new IllegalArgumentException(message));
        });
        String config = "{\"world\": \"planted\", " + SETTINGS + "}";
        assertThat(send("POST", "/connectors", "{\"name\": \"planted\", \"config\": " + config + "}"))
                .startsWith("201");
        Waiting.until("it failed", () -> get("/connectors/planted/status").contains("FAILED"));
        FakeWorld.of("source").at("validate", what -> {
            throw new IllegalStateException("cannot check " + message);
        });
        assertThat(send("PUT", "/connectors/planted/config", config)).startsWith("400");
        send("PUT", "/connector-plugins/FakeSource/config/validate", config);
        FakeWorld.of("source").calm("validate");
        send("PUT", "/connector-plugins/FakeSource/config/validate", config);
        send("PUT", "/connectors/planted/config", config.replace("\"world\"", "\"tasks\": \"x\", \"world\""));
        send("PATCH", "/connectors/planted/config", "{\"tasks.maxx\": \"" + INLINE + "\"}");
        for (String path : List.of(
                "", "/config", "/status", "/tasks", "/tasks/0/status", "/config/history", "/offsets", "/topics")) {
            get("/connectors/planted" + path);
        }
        get("/connectors?expand=info&expand=status");
        get("/health/connectors");
        get("/metrics");

        assertThat(answers).allSatisfy((request, answer) -> assertThat(answer).doesNotContain(PLANTED));
        assertThat(log).isNotEmpty().allSatisfy(line -> assertThat(line).doesNotContain(PLANTED));
        assertThat(log)
                .anySatisfy(line -> assertThat(line).contains("no login: [hidden], [hidden], [hidden], [hidden]"));
        assertThat(get("/connectors/planted/config"))
                .contains(
                        "\"word\":\"[hidden]\"",
                        "password=[hidden]",
                        "\"some.password\":\"[hidden]\"",
                        "${fake:/s:pw}");
    }

    @Test
    void whatWasReadCanBeSentBackAndTheSecretsStay() {
        send("POST", "/connectors", "{\"name\": \"sent\", \"config\": {\"world\": \"sent\", " + SETTINGS + "}}");
        Waiting.until("it runs", () -> FakeWorld.of("sent").calls().contains("word " + INLINE));
        String read = get("/connectors/sent/config");
        FakeWorld.of("sent").calls().clear();
        assertThat(send(
                        "PUT",
                        "/connectors/sent/config",
                        read.substring(4).replace("\"restart.policy\"", "\"batch\":\"7\",\"restart.policy\"")))
                .startsWith("200");
        Waiting.until("it runs again", () -> FakeWorld.of("sent").calls().contains("word " + INLINE));
        assertThat(FakeWorld.of("sent").calls()).contains("address jdbc:x://h/d?user=u&password=" + IN_ADDRESS);
        assertThat(send("PATCH", "/connectors/sent/config", "{\"new.password\": \"[hidden]\"}"))
                .startsWith("400")
                .contains("nothing is stored under this name");
        assertThat(answers).allSatisfy((request, answer) -> assertThat(answer).doesNotContain(PLANTED));
    }
}
