package dev.sluice.connector.elasticsearch.bulk;

import dev.sluice.connector.elasticsearch.client.Answer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Takes one bulk request to the cluster. */
@FunctionalInterface
public interface BulkTransport {
    /** What of an answer to ask for, by {@code filter_path}: all that is read of it, which spares both sides work. */
    String FILTER = "errors,items.*.status,items.*.error";

    /**
     * Sends a request.
     *
     * @param body the lines in pieces; sent as they are, never changed
     * @param patience how many times the usual time-out the answer may take, at least 1
     * @return the answer, whatever its status; or an {@link java.io.IOException} if there was none, in which case nobody knows whether
     *     the request was carried out. May be completed on any thread
     */
    CompletableFuture<Answer> send(List<ByteBuffer> body, int patience);
}
