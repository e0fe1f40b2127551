package dev.sluice.broker;

import java.util.List;
import java.util.Map;

/**
 * A request that the broker could not do, in one sentence that says what, why and what to do. The nested type says what
 * the caller can make of it; the asynchronous methods complete their futures with these, the others throw them.
 */
public abstract sealed class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private BrokerException(String message) {
        super(message);
    }

    private BrokerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Settings that cannot be used; all problems at once. */
    public static final class BadConfig extends BrokerException {
        private static final long serialVersionUID = 1L;

        private final transient List<String> problems;

        /**
         * Makes one exception of all problems.
         *
         * @param problems one sentence for each, naming key, value and expectation
         */
        public BadConfig(List<String> problems) {
            super(String.join("\n", problems));
            this.problems = List.copyOf(problems);
        }

        /** Returns one sentence per problem. */
        public List<String> problems() {
            return problems;
        }
    }

    /** The data directory cannot be opened: in use by another process, unreadable, not a directory, no space. */
    public static final class DirectoryUnusable extends BrokerException {
        private static final long serialVersionUID = 1L;

        public DirectoryUnusable(String message) {
            super(message);
        }

        public DirectoryUnusable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** An address cannot be listened on: taken, unknown or not allowed. */
    public static final class AddressUnusable extends BrokerException {
        private static final long serialVersionUID = 1L;

        public AddressUnusable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The data directory failed while running. Nothing is written any more until the process starts again. */
    public static final class DirectoryFailed extends BrokerException {
        private static final long serialVersionUID = 1L;

        public DirectoryFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The broker was closed. */
    public static final class Closed extends BrokerException {
        private static final long serialVersionUID = 1L;

        public Closed(String message) {
            super(message);
        }
    }

    /** The calling thread was interrupted while it waited; its interrupt flag is set again. */
    public static final class Interrupted extends BrokerException {
        private static final long serialVersionUID = 1L;

        public Interrupted(String message, InterruptedException cause) {
            super(message, cause);
        }
    }

    /** A named bound is full and the caller asked not to wait. */
    public static final class Overloaded extends BrokerException {
        private static final long serialVersionUID = 1L;

        public Overloaded(String message) {
            super(message);
        }
    }

    /** No such topic, or no such partition of it, or it was deleted meanwhile. */
    public static final class UnknownPartition extends BrokerException {
        private static final long serialVersionUID = 1L;

        public UnknownPartition(String message) {
            super(message);
        }
    }

    /** A topic of this name is there already. */
    public static final class TopicExists extends BrokerException {
        private static final long serialVersionUID = 1L;

        public TopicExists(String message) {
            super(message);
        }
    }

    /** A topic name, partition count or topic setting that is not allowed. */
    public static final class InvalidTopic extends BrokerException {
        private static final long serialVersionUID = 1L;

        public InvalidTopic(String message) {
            super(message);
        }
    }

    /**
     * A batch larger than the topic takes ({@code max.message.bytes}, {@code segment.bytes}), or than it may become when it
     * is opened ({@code batch.max.records}, {@code batch.max.uncompressed.bytes}).
     */
    public static final class BatchTooLarge extends BrokerException {
        private static final long serialVersionUID = 1L;

        public BatchTooLarge(String message) {
            super(message);
        }

        public BatchTooLarge(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A batch that is malformed or against the topic's rules, such as a null key in a compacted topic. */
    public static final class BatchRefused extends BrokerException {
        private static final long serialVersionUID = 1L;

        private final Map<Integer, String> records;

        public BatchRefused(String message) {
            super(message);
            records = Map.of();
        }

        public BatchRefused(String message, Throwable cause) {
            this(message, cause, Map.of());
        }

        /**
         * Refuses a batch because of some of its records.
         *
         * @param message what was refused
         * @param cause Kafka's exception
         * @param records what is wrong, by the places of the records in the batch
         */
        public BatchRefused(String message, Throwable cause, Map<Integer, String> records) {
            super(message, cause);
            this.records = Map.copyOf(records);
        }

        /** Returns what is wrong with single records, by their places in the batch; empty where it is the batch as such. */
        public Map<Integer, String> records() {
            return records;
        }
    }

    /** Offsets or the end of a group that the coordinator of groups refuses, because the group has members or is loading. */
    public static final class GroupRefused extends BrokerException {
        private static final long serialVersionUID = 1L;

        public GroupRefused(String message) {
            super(message);
        }
    }

    /** An offset below the first or above the end of the partition. */
    public static final class OffsetOutOfRange extends BrokerException {
        private static final long serialVersionUID = 1L;

        private final long startOffset;
        private final long endOffset;

        /**
         * Says which offsets there are.
         *
         * @param message the sentence
         * @param startOffset the first offset that can be read
         * @param endOffset the offset that the next record gets
         */
        public OffsetOutOfRange(String message, long startOffset, long endOffset) {
            super(message);
            this.startOffset = startOffset;
            this.endOffset = endOffset;
        }

        /** Returns the first offset that can be read. */
        public long startOffset() {
            return startOffset;
        }

        /** Returns the offset that the next record gets. */
        public long endOffset() {
            return endOffset;
        }
    }
}
