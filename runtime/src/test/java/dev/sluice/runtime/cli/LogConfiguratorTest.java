package dev.sluice.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

final class LogConfiguratorTest {
    @Test
    void aLineHoldsMessageFactsReasonAndOrigin() {
        LoggingEvent event = event(new IllegalStateException("disk is gone"));
        event.addKeyValuePair(new KeyValuePair("connector", "orders"));

        assertThat(LogLine.SHORT.doLayout(event))
                .matches(
                        "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} WARN  task restarts connector=orders: disk is"
                                + " gone \\(Herder\\)\n");
    }

    @Test
    void theFileHasTheStackTraceToo() {
        LoggingEvent event = event(new IllegalStateException("disk is gone"));

        assertThat(LogLine.WITH_TRACES.doLayout(event))
                .contains(
                        "java.lang.IllegalStateException: disk is gone",
                        "\tat dev.sluice.runtime.cli.LogConfiguratorTest");
    }

    @Test
    void aReasonInTheMessageIsNotRepeated() {
        LoggingEvent event = event(new IllegalStateException("task restarts"));

        assertThat(LogLine.SHORT.doLayout(event)).containsOnlyOnce("task restarts");
    }

    private static LoggingEvent event(Throwable thrown) {
        LoggerContext context = new LoggerContext();
        return new LoggingEvent(
                "fqcn",
                context.getLogger("dev.sluice.runtime.control.Herder"),
                Level.WARN,
                "task restarts",
                thrown,
                new Object[0]);
    }
}
