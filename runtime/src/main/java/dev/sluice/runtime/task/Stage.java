package dev.sluice.runtime.task;

/** The places where something can fail, named as Kafka Connect's dead letter headers name them where it has them. */
public enum Stage {
    /** Making or starting a connector or task, or asking a connector for its task configs. */
    START("start"),
    /** {@code SourceTask.poll}. */
    TASK_POLL("poll"),
    /** {@code SinkTask.put}. */
    TASK_PUT("put"),
    /** {@code SinkTask.flush}. */
    TASK_FLUSH("flush"),
    /** {@code SinkTask.open} and {@code close}. */
    TASK_ASSIGN("open or close"),
    /** {@code SourceTask.commit} and {@code commitRecord}. */
    TASK_COMMIT("commit"),
    /** A transformation or its predicate. */
    TRANSFORMATION("transformation"),
    /** The key converter. */
    KEY_CONVERTER("key converter"),
    /** The value converter. */
    VALUE_CONVERTER("value converter"),
    /** The header converter. */
    HEADER_CONVERTER("header converter"),
    /** Transformations and converters of a whole batch, as the watchdog sees them. */
    PIPELINE("transformations and converters"),
    /** Appending to the log. */
    KAFKA_PRODUCE("append"),
    /** Reading from the log. */
    KAFKA_CONSUME("read"),
    /** Storing offsets. */
    OFFSETS("offset commit"),
    /** {@code stop}. */
    STOP("stop");

    private final String words;

    Stage(String words) {
        this.words = words;
    }

    /** Returns the stage in words, for sentences. */
    public String words() {
        return words;
    }

    /** Returns whether its plugins get one record at a time, so that what they throw is about that record. */
    boolean isPerRecord() {
        return this == TRANSFORMATION || this == KEY_CONVERTER || this == VALUE_CONVERTER || this == HEADER_CONVERTER;
    }
}
