package dev.sluice.runtime.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import dev.sluice.runtime.config.LogFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.slf4j.Logger;

/**
 * Configures Logback in code, which takes 0.2 s of CPU less at every start than an XML file. A file named by
 * {@code -Dlogback.configurationFile} wins.
 *
 * <p>The console gets warnings and errors, without stack traces where there is a log file; the file gets INFO with them.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
    /** System property: the log file; none if not set. */
    static final String FILE = "sluice.log.file";
    /** System property: the console's level; the environment's SLUICE_LOG_LEVEL if not set. */
    static final String LEVEL = "sluice.log.level";
    /** System property: false = no stack traces on the console even where there is no log file. */
    static final String TRACES = "sluice.log.traces";

    /** System property: how lines are written, text or json; the environment's SLUICE_LOG_FORMAT if not set. */
    static final String FORMAT = "sluice.log.format";
    /** Variable of the environment: as the property. */
    static final String FORMAT_VARIABLE = "SLUICE_LOG_FORMAT";

    private static final String LOGBACK_FILE = "logback.configurationFile";
    private static final long FILE_BYTES_MAX = 10L << 20;
    private static final int OLD_FILES_MAX = 3;

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty(LOGBACK_FILE) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        String file = System.getProperty(FILE);
        Level console = consoleLevel();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(file == null || console.levelInt < Level.INFO_INT ? console : Level.INFO);
        root.addAppender(console(context, console, file == null && !"false".equals(System.getProperty(TRACES))));
        if (file != null) {
            root.addAppender(file(context, file));
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Level consoleLevel() {
        String given = System.getProperty(LEVEL, System.getenv().getOrDefault("SLUICE_LOG_LEVEL", "warn"));
        return Level.toLevel(given.toUpperCase(Locale.ROOT), Level.WARN);
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext context, Level level, boolean withTraces) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setName("console");
        appender.setTarget("System.err");
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel(level.levelStr);
        filter.start();
        appender.addFilter(filter);
        start(appender, context, layout(withTraces ? LogLine.WITH_TRACES : LogLine.SHORT));
        return appender;
    }

    private static RollingFileAppender<ILoggingEvent> file(LoggerContext context, String file) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setName("file");
        appender.setContext(context);
        appender.setFile(file);
        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file + ".%i");
        rolling.setMinIndex(1);
        rolling.setMaxIndex(OLD_FILES_MAX);
        rolling.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
        trigger.setContext(context);
        trigger.setMaxFileSize(new FileSize(FILE_BYTES_MAX));
        trigger.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(trigger);
        start(appender, context, layout(LogLine.WITH_TRACES));
        return appender;
    }

    private static Layout<ILoggingEvent> layout(LogLine text) {
        String format = System.getProperty(FORMAT, System.getenv().getOrDefault(FORMAT_VARIABLE, "text"));
        return LogFormat.JSON.name().equalsIgnoreCase(format) ? new JsonLogLine() : text;
    }

    /** Returns whether there is a format of that name. */
    static boolean isFormat(String name) {
        return Arrays.stream(LogFormat.values())
                .anyMatch(format -> format.name().equalsIgnoreCase(name));
    }

    private static void start(
            OutputStreamAppender<ILoggingEvent> appender, LoggerContext context, Layout<ILoggingEvent> layout) {
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
    }
}
