package dev.sluice.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.runtime.secret.Redactor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

final class JsonLogLineTest {
    private static final JsonLogLine LINE = new JsonLogLine();

    @Test
    void aLineIsOneObjectWithTheFactsAsFields() throws IOException {
        LoggingEvent event = event("task restarts", null);
        event.setTimeStamp(1_700_000_000_113L);
        event.addKeyValuePair(new KeyValuePair("connector", "orders"));
        event.addKeyValuePair(new KeyValuePair("task", 3));
        event.addKeyValuePair(new KeyValuePair("stage", Level.INFO));

        String text = LINE.doLayout(event);

        assertThat(text).endsWith("}\n").containsOnlyOnce("\n");
        JsonNode json = new ObjectMapper().readTree(text);
        assertThat(names(json))
                .containsExactly("time", "level", "logger", "thread", "message", "connector", "task", "stage");
        assertThat(json.get("time").asText()).isEqualTo("2023-11-14T22:13:20.113Z");
        assertThat(json.get("level").asText()).isEqualTo("WARN");
        assertThat(json.get("logger").asText()).isEqualTo("dev.sluice.runtime.control.Herder");
        assertThat(json.get("message").asText()).isEqualTo("task restarts");
        assertThat(json.get("task").isInt()).isTrue();
        assertThat(json.get("stage").asText()).isEqualTo("INFO");
    }

    private static List<String> names(JsonNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void aStackTraceIsOneString() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(LINE.doLayout(event("task failed", new IllegalStateException("disk \"c\"\nis gone"))));

        assertThat(json.get("stackTrace").asText())
                .startsWith("java.lang.IllegalStateException: disk \"c\"\nis gone")
                .contains("\tat dev.sluice.runtime.cli.JsonLogLineTest");
    }

    @Test
    void whateverStandsInAMessageStaysInIt() throws IOException {
        String odd = "\u0000 \u001b[31m \"quoted\" \\ \r\n \u2028 \ud83d\ude00";

        assertThat(new ObjectMapper()
                        .readTree(LINE.doLayout(event(odd, null)))
                        .get("message")
                        .asText())
                .isEqualTo(odd);
    }

    @Test
    void aFactNamedLikeAFieldThatIsThereGetsAMark() throws IOException {
        LoggingEvent event = event("first", null);
        event.addKeyValuePair(new KeyValuePair("message", "second"));
        event.addKeyValuePair(new KeyValuePair("message", "third"));

        JsonNode json = new ObjectMapper().readTree(LINE.doLayout(event));

        assertThat(json.get("message").asText()).isEqualTo("first");
        assertThat(json.get("message_").asText()).isEqualTo("second");
        assertThat(json.get("message__").asText()).isEqualTo("third");
    }

    @Test
    void secretsAreHiddenAlsoWhereJsonEscapesThem() {
        Object owner = new Object();
        Redactor.PROCESS.use(owner, List.of("pass\"word"));
        try {
            assertThat(LINE.doLayout(event("login with pass\"word failed", null)))
                    .doesNotContain("pass");
        } finally {
            Redactor.PROCESS.forget(owner);
        }
    }

    private static LoggingEvent event(String message, @Nullable Throwable thrown) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event = new LoggingEvent(
                "fqcn",
                context.getLogger("dev.sluice.runtime.control.Herder"),
                Level.WARN,
                message,
                thrown,
                new Object[0]);
        event.setMDCPropertyMap(Map.of());
        return event;
    }
}
