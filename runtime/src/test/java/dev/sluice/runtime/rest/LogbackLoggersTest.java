package dev.sluice.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class LogbackLoggersTest {
    private final LoggerContext context = new LoggerContext();
    private final LogbackLoggers loggers =
            new LogbackLoggers(context, Clock.fixed(Instant.ofEpochMilli(42), ZoneOffset.UTC));

    @Test
    void aLevelHoldsForWhatIsBelowAndOverridesLevelsThere() {
        context.getLogger("a.b").setLevel(Level.ERROR);

        assertThat(loggers.set("a", "DEBUG")).containsExactly("a", "a.b");

        assertThat(context.getLogger("a.b.c").getEffectiveLevel()).isEqualTo(Level.DEBUG);
        assertThat(loggers.find("a")).hasValue(new Loggers.LoggerLevel("DEBUG", 42L));
    }

    @Test
    void rootIsTheLoggerOfAll() {
        assertThat(loggers.set("root", "WARN")).containsExactly("root");
        assertThat(loggers.all()).containsEntry("root", new Loggers.LoggerLevel("WARN", 42L));
    }

    @Test
    void aNameOfKafkaConnectsSetsWhatDoesTheSameHere() {
        assertThat(loggers.set("org.apache.kafka.connect.runtime.WorkerSinkTask", "TRACE"))
                .containsExactly("dev.sluice.runtime.task", "org.apache.kafka.connect.runtime.WorkerSinkTask");

        assertThat(context.getLogger("dev.sluice.runtime.task.SinkPut").getEffectiveLevel())
                .isEqualTo(Level.TRACE);
    }

    @Test
    void aNameOfKafkaConnectsIsFoundBeforeItWasEverSet() {
        context.getLogger("dev.sluice.runtime").setLevel(Level.WARN);

        assertThat(loggers.find("org.apache.kafka.connect")).hasValue(new Loggers.LoggerLevel("WARN", null));
        assertThat(loggers.find("org.example.Nobody")).isEmpty();
    }

    @Test
    void theNarrowestNameCounts() {
        assertThat(ConnectLoggerNames.own("org.apache.kafka.connect.runtime.rest.RestServer"))
                .hasValue("dev.sluice.runtime.rest");
        assertThat(ConnectLoggerNames.own("org.apache.kafka.connect.runtime.WorkerInfo"))
                .hasValue("dev.sluice.runtime");
        assertThat(ConnectLoggerNames.own("org.apache.kafka.connector")).isEmpty();
    }
}
