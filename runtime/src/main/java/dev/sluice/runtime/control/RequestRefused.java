package dev.sluice.runtime.control;

import dev.sluice.api.config.ConfigProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says why something asked of the worker is not done. The message is a sentence, in Kafka Connect's words where it has some. */
public final class RequestRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final @Nullable String fix;
    private final transient List<ConfigProblem> problems;

    /** Why a request is refused. */
    public enum Reason {
        /** It names something that is not there. */
        NOT_FOUND,
        /** It would make something that is there already. */
        EXISTS,
        /** It can never be done as it is. */
        INVALID,
        /** It cannot be done in the present state. */
        CONFLICT,
        /** The worker's settings do not allow it. */
        FORBIDDEN,
        /** It was begun and is not finished in time. */
        TIMEOUT
    }

    /** Refuses with a message and perhaps what to do. */
    public RequestRefused(Reason reason, String message, @Nullable String fix) {
        this(reason, message, fix, List.of());
    }

    /** Refuses because of settings, each with its problem. */
    public RequestRefused(Reason reason, String message, @Nullable String fix, List<ConfigProblem> problems) {
        super(message, null, false, false);
        this.reason = reason;
        this.fix = fix;
        this.problems = List.copyOf(problems);
    }

    /** Returns why. */
    public Reason reason() {
        return reason;
    }

    /** Returns what to do, or null where the message says it. */
    public @Nullable String fix() {
        return fix;
    }

    /** Returns what is wrong with the settings; empty where it is not about settings. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
