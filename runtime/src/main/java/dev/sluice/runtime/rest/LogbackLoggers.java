package dev.sluice.runtime.rest;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The loggers of Logback. Safe for use from any thread; Logback's own lock is held briefly. */
public final class LogbackLoggers implements Loggers {
    private static final String ROOT = "root";

    private final LoggerContext context;
    private final Clock clock;
    private final Map<String, Long> changes = new ConcurrentHashMap<>();

    LogbackLoggers(LoggerContext context, Clock clock) {
        this.context = context;
        this.clock = clock;
    }

    /** Returns the loggers of this process. */
    public static LogbackLoggers ofProcess(Clock clock) {
        return new LogbackLoggers((LoggerContext) LoggerFactory.getILoggerFactory(), clock);
    }

    @Override
    public Map<String, LoggerLevel> all() {
        Map<String, LoggerLevel> all = new TreeMap<>();
        for (Logger logger : context.getLoggerList()) {
            if (logger.getLevel() != null) {
                all.put(shownName(logger), level(logger));
            }
        }
        return all;
    }

    private static String shownName(Logger logger) {
        return logger.getName().equals(org.slf4j.Logger.ROOT_LOGGER_NAME) ? ROOT : logger.getName();
    }

    private LoggerLevel level(Logger logger) {
        return new LoggerLevel(logger.getEffectiveLevel().levelStr, changes.get(shownName(logger)));
    }

    @Override
    public Optional<LoggerLevel> find(String name) {
        Logger known = existing(name);
        if (known != null) {
            return Optional.of(level(known));
        }
        return ConnectLoggerNames.own(name).map(own -> level(context.getLogger(own)));
    }

    private @Nullable Logger existing(String name) {
        return name.equals(ROOT) ? context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) : context.exists(name);
    }

    /**
     * Loggers below with a level of their own get it too, as in Kafka Connect. A name of Kafka Connect's sets what does the
     * same here beside it.
     */
    @Override
    public List<String> set(String name, String level) {
        Level wanted = Level.toLevel(level.equals("FATAL") ? "ERROR" : level);
        Set<String> changed = new TreeSet<>(setAll(name, wanted));
        ConnectLoggerNames.own(name).ifPresent(own -> changed.addAll(setAll(own, wanted)));
        return List.copyOf(changed);
    }

    private List<String> setAll(String name, Level wanted) {
        Logger named =
                name.equals(ROOT) ? context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) : context.getLogger(name);
        List<String> changed = new ArrayList<>();
        for (Logger logger : context.getLoggerList()) {
            boolean isBelow = name.equals(ROOT) || logger.getName().startsWith(name + ".");
            if (logger == named || (isBelow && logger.getLevel() != null)) {
                logger.setLevel(wanted);
                changes.put(shownName(logger), clock.millis());
                changed.add(shownName(logger));
            }
        }
        return changed;
    }
}
