package dev.sluice.runtime.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import dev.sluice.runtime.secret.Redactor;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.event.KeyValuePair;

/**
 * Writes an event as one line: {@code 2026-01-31 09:15:02,113 WARN  task restarts connector=orders (Herder)}, and the
 * stack trace below it if asked for. Immutable.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
    static final LogLine WITH_TRACES = new LogLine(true);
    static final LogLine SHORT = new LogLine(false);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS").withZone(ZoneId.systemDefault());

    private final boolean withTrace;

    private LogLine(boolean withTrace) {
        this.withTrace = withTrace;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append(' ').append(event.getLevel());
        if (event.getLevel().levelStr.length() == 4) {
            line.append(' ');
        }
        line.append(' ').append(event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                line.append(' ').append(pair.key).append('=').append(pair.value);
            }
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            appendReason(line, thrown);
        }
        String logger = event.getLoggerName();
        line.append(" (").append(logger.substring(logger.lastIndexOf('.') + 1)).append(")\n");
        if (thrown != null && withTrace) {
            line.append(ThrowableProxyUtil.asString(thrown)).append('\n');
        }
        return Redactor.PROCESS.redact(line.toString());
    }

    /** Many messages hold the reason already: it is not said twice. */
    private static void appendReason(StringBuilder line, IThrowableProxy thrown) {
        String reason = thrown.getMessage() == null ? thrown.getClassName() : thrown.getMessage();
        if (line.indexOf(reason) < 0) {
            line.append(": ").append(reason);
        }
    }
}
