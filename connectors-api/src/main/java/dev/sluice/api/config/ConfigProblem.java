package dev.sluice.api.config;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says one thing that is wrong or remarkable about a setting.
 *
 * @param severity whether it stands in the way
 * @param key the name of the setting, as far as it is known; otherwise the name that was given
 * @param message a sentence with its stop that says what and why, without secrets
 * @param fix a sentence with its stop that says what to do; null if the message says it all
 */
public record ConfigProblem(
        Severity severity,
        String key,
        String message,
        @Nullable String fix) {

    /** Says whether a problem stands in the way. */
    public enum Severity {
        /** The settings cannot be used. */
        ERROR,
        /** They can be used, but probably not as meant. */
        WARNING,
        /** They can be used as meant; good to know. */
        NOTE
    }

    /** Checks that the parts that must be there are. */
    public ConfigProblem {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(message, "message");
    }

    /**
     * Makes a problem that stands in the way.
     *
     * @param key the name of the setting
     * @param message what and why
     * @param fix what to do, or null
     */
    public static ConfigProblem error(String key, String message, @Nullable String fix) {
        return new ConfigProblem(Severity.ERROR, key, message, fix);
    }

    /**
     * Makes a problem that does not stand in the way.
     *
     * @param key the name of the setting
     * @param message what and why
     * @param fix what to do, or null
     */
    public static ConfigProblem warning(String key, String message, @Nullable String fix) {
        return new ConfigProblem(Severity.WARNING, key, message, fix);
    }

    /**
     * Makes a remark.
     *
     * @param key the name of the setting
     * @param message what is good to know
     * @param fix what to do, or null
     */
    public static ConfigProblem note(String key, String message, @Nullable String fix) {
        return new ConfigProblem(Severity.NOTE, key, message, fix);
    }

    /**
     * Returns whether it stands in the way.
     *
     * @return true for an error
     */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /**
     * Returns message and fix as one text for log, REST and terminal.
     *
     * @return one or two sentences, behind the name of the setting where the message does not contain it: the rules of an
     *     embedded spec speak of settings by short names
     */
    public String text() {
        String named = namesKey() ? message : key + ": " + message;
        return fix == null ? named : named + " " + fix;
    }

    /** Whether the key stands in the message as a whole name, not as a part of a longer one. */
    private boolean namesKey() {
        return Pattern.compile("(?<![\\w.-])" + Pattern.quote(key) + "(?![\\w-]|\\.\\w)")
                .matcher(message)
                .find();
    }

    /** Returns the problem of the same setting within a larger spec. */
    ConfigProblem prefixed(String prefix) {
        return new ConfigProblem(severity, prefix + key, message, fix);
    }
}
