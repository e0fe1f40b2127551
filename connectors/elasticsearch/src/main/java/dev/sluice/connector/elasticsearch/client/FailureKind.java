package dev.sluice.connector.elasticsearch.client;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.api.error.RetriableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.apache.http.ContentTooLongException;
import org.apache.http.conn.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Says what a failure asks of us: of a whole request or of one item of a bulk request, whose statuses mean the same.
 *
 * <p>Statuses decide before the names of exceptions, which differ between products and versions: a value that does not fit is a
 * {@code document_parsing_exception} of Elasticsearch 8.19 and a {@code mapper_parsing_exception} of 7.17 and OpenSearch, and 400 at all
 * of them.
 */
public enum FailureKind {
    /** No node can be connected to: the request was not carried out. Again, later. */
    UNREACHABLE("Check connection.url, and that the cluster runs and can be reached from here."),
    /** The connection broke or the answer took too long: nobody knows whether the request was carried out, or still will be. Again. */
    UNANSWERED("If the cluster is slow rather than gone, raise read.timeout.ms or send smaller requests."),
    /** The cluster has more to do than it can, or not all its shards are there yet; nothing was done. Again, later and less at once. */
    BUSY("It is tried again more slowly; if this lasts, the cluster needs more nodes, or fewer writers."),
    /** The server failed by itself and may do so again. Again, but not for ever. */
    INTERNAL("Look into the log of the cluster."),
    /** The request is larger than the server, or a proxy before it, takes. Again in smaller pieces. */
    TOO_LARGE("Lower bulk.size.bytes, or raise http.max_content_length of the cluster and the limit of a proxy before"
            + " it."),
    /**
     * What was sent is at fault: the document, its id or its action. Of a whole request, any one of its items may be to blame, which
     * sending them in smaller pieces tells.
     */
    RECORD("Correct the record or the mapping of the index."),
    /** A newer version of the document is there, or one where there should be none. */
    CONFLICT("Another writer was faster, or the record was written before."),
    /** The index refuses all writes until somebody changes that, as it does by itself on a full disk. Again, much later. */
    BLOCKED("Free disk space or add a node, or take the block off the index (index.blocks.*)."),
    /** The index, alias or data stream is not there, and the cluster does not create it by itself. */
    MISSING("Create it, or correct the name."),
    /** Nobody may do anything with these credentials. */
    CREDENTIALS("Correct connection.username and connection.password, connection.api.key or connection.bearer.token."),
    /** The user may not do this. */
    FORBIDDEN("Grant the user or API key the missing privilege."),
    /** A TLS connection cannot be made with what both sides have; time does not help. */
    INSECURE("Correct connection.ca.path, connection.ca.fingerprint or the settings elastic.https.ssl.*."),
    /** Anything else. */
    OTHER("");

    private final String advice;

    FailureKind(String advice) {
        this.advice = advice;
    }

    /** Returns what a refusal asks of us; {@code type} and {@code reason} are the server's, empty for none. */
    public static FailureKind of(int status, String type, String reason) {
        return switch (type) {
            case "cluster_block_exception", "index_closed_exception", "index_create_block_exception" -> ofBlock(status);
            // The limit of the cluster's shards forbids a new index: nothing is wrong with the document.
            case "validation_exception", "illegal_state_exception" -> status == 400 ? OTHER : ofStatus(status);
            case "document_missing_exception" -> RECORD;
            case "pipeline_missing_exception" -> MISSING;
            case "illegal_argument_exception" -> ofArgument(status, reason);
            default -> ofStatus(status);
        };
    }

    /** A block with 503 is of a cluster that still starts or has no master, and goes away by itself. */
    private static FailureKind ofBlock(int status) {
        return status == 503 ? BUSY : BLOCKED;
    }

    /** An alias or pipeline that is not there is told as a wrong argument. */
    private static FailureKind ofArgument(int status, String reason) {
        if (status != 400) {
            return ofStatus(status);
        }
        boolean isMissing = reason.contains("no write index is defined")
                || (reason.startsWith("pipeline with id") && reason.contains("does not exist"));
        return isMissing ? MISSING : RECORD;
    }

    private static FailureKind ofStatus(int status) {
        return switch (status) {
            case 400, 422 -> RECORD;
            case 401, 407 -> CREDENTIALS;
            case 403 -> FORBIDDEN;
            case 404 -> MISSING;
            case 408, 429, 502, 503, 504 -> BUSY;
            case 409 -> CONFLICT;
            case 413 -> TOO_LARGE;
            default -> status >= 500 ? INTERNAL : OTHER;
        };
    }

    /** Returns what it asks of us that no node answered; the last node's failure counts. */
    public static FailureKind of(IOException failure) {
        if (failure instanceof ContentTooLongException) {
            return TOO_LARGE; // The answer is too long to be kept, because the request asked for too much.
        }
        if (failure instanceof SSLException && isFinal(failure)) {
            return INSECURE;
        }
        boolean neverSent = failure instanceof ConnectException
                || failure instanceof ConnectTimeoutException
                || failure instanceof UnknownHostException
                || failure instanceof NoRouteToHostException;
        return neverSent ? UNREACHABLE : UNANSWERED;
    }

    /** A server that goes down in the middle of a handshake is no fault of certificates. */
    private static boolean isFinal(IOException failure) {
        String said = String.valueOf(failure.getMessage());
        return !said.contains("Remote host terminated")
                && !said.contains("closed")
                && !said.contains("reset")
                && !(failure.getCause() instanceof SocketTimeoutException);
    }

    /** Returns whether the same work may succeed later without anybody doing anything, if only in smaller pieces or more slowly. */
    public boolean isRetriable() {
        return this == UNREACHABLE || this == UNANSWERED || this == BUSY || this == INTERNAL || this == BLOCKED;
    }

    /** Returns a sentence on what somebody may do about it; empty if nobody knows. */
    public String advice() {
        return advice;
    }

    /**
     * Returns the exception whose type tells the runtime what to do.
     *
     * @param what what cannot be done to which, such as {@code "Cannot create index orders"}
     * @param failure that no node answered
     */
    public static ConnectorException exception(String what, IOException failure) {
        if (failure instanceof InterruptedIOException
                && !(failure instanceof SocketTimeoutException)
                && !(failure instanceof ConnectTimeoutException)) {
            return new RetriableException(what + ": the thread was interrupted.", failure);
        }
        return of(failure).exception(what + ": " + Unanswered.words(failure), null, failure);
    }

    /** Returns the exception of this kind: {@code because} is all but the last stop and the advice. */
    ConnectorException exception(String because, @Nullable Duration pause, @Nullable Throwable cause) {
        String stop = because.endsWith(".") ? "" : ".";
        String message = (because + stop + " " + advice).strip();
        return switch (this) {
            case UNREACHABLE, UNANSWERED, BUSY, INTERNAL, BLOCKED ->
                pause == null
                        ? new RetriableException(message, cause)
                        : RetriableException.after(pause, message, cause);
            case RECORD, CONFLICT, TOO_LARGE -> new DataException(message, cause);
            case CREDENTIALS, INSECURE ->
                cause == null ? new ConfigException(message) : new ConfigException(message, cause);
            case MISSING, FORBIDDEN, OTHER -> new ConnectorException(message, cause);
        };
    }
}
