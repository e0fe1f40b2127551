package dev.sluice.broker.handler;

import dev.sluice.broker.BrokerException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.protocol.Errors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka's error codes for what went wrong here. */
public final class ErrorCodes {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorCodes.class);

    private static final Map<Class<? extends BrokerException>, Errors> CODES = Map.ofEntries(
            Map.entry(BrokerException.UnknownPartition.class, Errors.UNKNOWN_TOPIC_OR_PARTITION),
            Map.entry(BrokerException.TopicExists.class, Errors.TOPIC_ALREADY_EXISTS),
            Map.entry(BrokerException.InvalidTopic.class, Errors.INVALID_TOPIC_EXCEPTION),
            Map.entry(BrokerException.BatchTooLarge.class, Errors.MESSAGE_TOO_LARGE),
            Map.entry(BrokerException.BatchRefused.class, Errors.INVALID_RECORD),
            Map.entry(BrokerException.OffsetOutOfRange.class, Errors.OFFSET_OUT_OF_RANGE),
            Map.entry(BrokerException.DirectoryUnusable.class, Errors.KAFKA_STORAGE_ERROR),
            Map.entry(BrokerException.DirectoryFailed.class, Errors.KAFKA_STORAGE_ERROR),
            // Retriable: the client asks again, here or at the broker that takes over the address.
            Map.entry(BrokerException.Closed.class, Errors.NOT_LEADER_OR_FOLLOWER),
            Map.entry(BrokerException.Overloaded.class, Errors.REQUEST_TIMED_OUT));

    private ErrorCodes() {}

    /** Takes off the wrappers that futures put around a failure. */
    static Throwable unwrap(Throwable failure) {
        boolean isWrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return isWrapper && failure.getCause() != null ? unwrap(failure.getCause()) : failure;
    }

    /**
     * Finds the code of a failure. What is not known here is a fault of ours and goes to the log.
     *
     * @param failure as it comes from a future
     * @return the code
     */
    public static Errors of(Throwable failure) {
        Throwable cause = unwrap(failure);
        if (cause instanceof BrokerException && cause.getCause() instanceof ApiException refusal) {
            return Errors.forException(refusal);
        }
        if (cause instanceof BrokerException known && CODES.containsKey(known.getClass())) {
            return CODES.get(known.getClass());
        }
        Errors error = Errors.forException(cause);
        if (error == Errors.UNKNOWN_SERVER_ERROR) {
            LOG.atError().setCause(cause).log("a request failed for a reason that no error code tells");
        }
        return error;
    }

    /**
     * Returns what to tell the client.
     *
     * @param failure as it comes from a future
     * @return a sentence
     */
    public static String message(Throwable failure) {
        Throwable cause = unwrap(failure);
        boolean isForClients = cause instanceof BrokerException || cause instanceof ApiException;
        String message = isForClients ? cause.getMessage() : null;
        return message == null ? of(failure).message() : message;
    }

    /**
     * Turns a failure into the exception from which Kafka's requests make their error answers.
     *
     * @param failure as it comes from a future
     * @return an exception with code and message
     */
    public static ApiException exception(Throwable failure) {
        return of(failure).exception(message(failure));
    }
}
