package dev.sluice.runtime.task;

import dev.sluice.api.error.ErrorCategory;
import dev.sluice.runtime.secret.Redactor;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, where, and what to do: the one place where a failure gets its words. Secrets in use are taken out of them.
 *
 * @param stage where it happened
 * @param plugin the class, or alias and class, that was at work
 * @param cause what was thrown
 * @param coordinates the record concerned, such as {@code orders-3@1042}, or null
 * @param attempts how often it was tried, at least 1
 */
public record Failure(
        Stage stage,
        String plugin,
        Throwable cause,
        @Nullable String coordinates,
        int attempts) {
    private static final Pattern LINE_BREAKS = Pattern.compile("\\s*\\R\\s*");

    /** Returns a failure that concerns no single record and was tried once. */
    public static Failure of(Stage stage, String plugin, Throwable cause) {
        return new Failure(stage, plugin, cause, null, 1);
    }

    /** Returns the same failure of a record that is known by now. */
    Failure at(String newCoordinates) {
        return new Failure(stage, plugin, cause, newCoordinates, attempts);
    }

    /** Returns the same failure after so many tries. */
    Failure after(int newAttempts) {
        return new Failure(stage, plugin, cause, coordinates, newAttempts);
    }

    /** Returns a stable code for programs: stage and category. */
    public String code() {
        return stage.name() + "_" + category().name();
    }

    /** Returns what the runtime does about it. */
    public ErrorCategory category() {
        return ErrorCategory.of(cause);
    }

    /** Returns what happened, why, what to do, and where, in one line. */
    public String sentence(TaskId task) {
        return sentence(task, fix());
    }

    /** Returns the sentence for a record that was left out or became a dead letter, so that the task goes on. */
    String toleratedSentence(TaskId task) {
        return sentence(task, toleratedFix());
    }

    /** Returns what to do about a record that was left out or became a dead letter. */
    String toleratedFix() {
        return "Correct the record" + (stage.isPerRecord() ? " or the " + stage.words() : " at its origin")
                + ", then send it again.";
    }

    /** Returns what happened and why, in one line that ends with a stop. */
    String reasonInOneLine() {
        String text = LINE_BREAKS.matcher(reason()).replaceAll(" ");
        return text.endsWith(".") ? text : text + ".";
    }

    private String sentence(TaskId task, String fix) {
        StringBuilder text = new StringBuilder(reasonInOneLine());
        if (!fix.isEmpty()) {
            text.append(' ').append(fix);
        }
        text.append(" [connector=").append(task.connector());
        if (!task.isConnector()) {
            text.append(" task=").append(task.index());
        }
        text.append(" stage=").append(stage.name()).append(" plugin=").append(plugin);
        if (coordinates != null) {
            text.append(" record=").append(coordinates);
        }
        text.append(" attempt=")
                .append(attempts)
                .append(" code=")
                .append(code())
                .append(']');
        return Redactor.PROCESS.redact(text.toString());
    }

    /** Returns the sentence, then the stack trace, as Kafka Connect's status shows it. */
    public String trace(TaskId task) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        return sentence(task) + "\n" + Redactor.PROCESS.redact(trace.toString());
    }

    private String reason() {
        String message = cause.getMessage();
        boolean understood = category() != ErrorCategory.TASK || isInWords(message);
        if (understood && message != null) {
            return message;
        }
        return "Cannot " + stage.words() + ": " + cause.getClass().getName() + (message == null ? "" : ": " + message);
    }

    private boolean isInWords(@Nullable String message) {
        return message != null && message.startsWith("Cannot ");
    }

    private String fix() {
        return switch (category()) {
            case RECORD ->
                "Correct the record" + (stage.isPerRecord() ? " or the " + stage.words() : " at its origin")
                        + (stage.isPerRecord() || stage == Stage.TASK_PUT
                                ? ", or set errors.tolerance=all to leave such records out."
                                : ".");
            case RETRIABLE ->
                (attempts > 1 ? "It was tried again until the time for retries was over. " : "")
                        + "Restart the connector once the other side is back.";
            case CONFIG -> "Correct the connector's settings.";
            case TASK -> "";
        };
    }
}
