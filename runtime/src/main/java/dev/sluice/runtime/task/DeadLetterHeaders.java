package dev.sluice.runtime.task;

import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.runtime.secret.Redactor;
import dev.sluice.runtime.transport.RawHeader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The headers of dead letters: texts in UTF-8. Those of Kafka Connect have its names and meanings; ours say what it leaves
 * out. Pure functions.
 */
final class DeadLetterHeaders {
    private static final String CONNECT = "__connect.errors.";
    private static final String OURS = "__sluice.errors.";
    /** A stack trace must not make a record too large for the log. */
    private static final int TRACE_CHARS_MAX = 16_000;

    private static final int MESSAGE_CHARS_MAX = 4_000;

    private DeadLetterHeaders() {}

    /** Where a dead letter comes from, as headers. */
    @FunctionalInterface
    interface Place {
        void describe(BiConsumer<String, @Nullable Object> header);

        /** Returns the place of a record that a sink could not process. */
        static Place of(RecordCoordinates origin) {
            return header -> {
                header.accept(CONNECT + "topic", origin.partition().topic());
                header.accept(CONNECT + "partition", origin.partition().partition());
                header.accept(CONNECT + "offset", origin.offset());
            };
        }

        /** Returns the place of a record of a source: where it would have gone, and where it was read. */
        static Place of(SourceRecord record) {
            return header -> {
                header.accept(CONNECT + "topic", record.topic());
                header.accept(CONNECT + "partition", record.partition());
                header.accept(OURS + "source.partition", json(record.position().partition()));
                header.accept(OURS + "source.offset", json(record.position().offset()));
                header.accept(OURS + "key.content.type", JsonRendition.mediaType(record.key()));
                header.accept(OURS + "value.content.type", JsonRendition.mediaType(record.value()));
            };
        }

        private static String json(Map<String, ? extends @Nullable Object> map) {
            return new String(JsonRendition.json(map), StandardCharsets.UTF_8);
        }
    }

    /** Returns the headers that explain a failure. Those that do not apply are left out. */
    static List<RawHeader> of(TaskId task, Place place, Failure failure) {
        List<RawHeader> headers = new ArrayList<>();
        BiConsumer<String, @Nullable Object> header = (name, value) -> {
            if (value != null) {
                headers.add(new RawHeader(name, value.toString().getBytes(StandardCharsets.UTF_8)));
            }
        };
        place.describe(header);
        boolean isTransformation = failure.stage() == Stage.TRANSFORMATION;
        Throwable cause = failure.cause();
        header.accept(CONNECT + "connector.name", task.connector());
        header.accept(CONNECT + "task.id", task.index());
        header.accept(CONNECT + "stage", failure.stage());
        header.accept(
                CONNECT + "class.name",
                isTransformation ? TransformChain.className(failure.plugin()) : failure.plugin());
        header.accept(CONNECT + "exception.class.name", cause.getClass().getName());
        header.accept(CONNECT + "exception.message", shown(cause.getMessage(), MESSAGE_CHARS_MAX));
        header.accept(CONNECT + "exception.stacktrace", shown(trace(cause), TRACE_CHARS_MAX));
        header.accept(OURS + "transform", isTransformation ? TransformChain.alias(failure.plugin()) : null);
        header.accept(OURS + "attempts", failure.attempts());
        header.accept(OURS + "code", failure.code());
        header.accept(OURS + "fix", failure.toleratedFix());
        return headers;
    }

    private static String trace(Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /** Whoever reads the topic need not know the secrets that an exception may name. */
    private static @Nullable String shown(@Nullable String text, int charsMax) {
        if (text == null) {
            return null;
        }
        String redacted = Redactor.PROCESS.redact(text);
        return redacted.length() <= charsMax ? redacted : redacted.substring(0, charsMax) + "…";
    }
}
