package dev.sluice.runtime.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sluice.runtime.secret.Redactor;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes an event as one JSON object in one line: {@code {"time":"2026-01-31T09:15:02.113Z","level":"WARN","logger":"dev.…",
 * "thread":"herder","message":"task restarts","connector":"orders"}}. Key-values are fields of their own, the stack trace is
 * one string in {@code stackTrace}. Immutable.
 */
final class JsonLogLine extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Set<String> OWN = Set.of("time", "level", "logger", "thread", "message", "stackTrace");

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(240).append("{\"time\":\"");
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append('"');
        text(line, "level", event.getLevel().levelStr);
        text(line, "logger", event.getLoggerName());
        text(line, "thread", event.getThreadName());
        text(line, "message", event.getFormattedMessage());
        Set<String> names = new HashSet<>(OWN);
        facts(line, event.getKeyValuePairs(), names);
        new TreeMap<>(event.getMDCPropertyMap()).forEach((name, value) -> fact(line, name, value, names));
        if (event.getThrowableProxy() != null) {
            text(line, "stackTrace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return Redactor.PROCESS.redact(line.append("}\n").toString());
    }

    private static void facts(StringBuilder line, @Nullable List<KeyValuePair> facts, Set<String> names) {
        if (facts != null) {
            for (KeyValuePair fact : facts) {
                fact(line, fact.key, fact.value, names);
            }
        }
    }

    /** A name that is taken gets a mark: an object has each field once. */
    private static void fact(StringBuilder line, String name, @Nullable Object value, Set<String> names) {
        String free = name;
        while (!names.add(free)) {
            free += "_";
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Boolean || value == null) {
            begin(line, free).append(value);
        } else {
            text(line, free, value.toString());
        }
    }

    private static void text(StringBuilder line, String name, @Nullable String value) {
        begin(line, name).append('"');
        JsonStringEncoder.getInstance().quoteAsString(value == null ? "" : value, line);
        line.append('"');
    }

    private static StringBuilder begin(StringBuilder line, String name) {
        line.append(",\"");
        JsonStringEncoder.getInstance().quoteAsString(name, line);
        return line.append("\":");
    }
}
