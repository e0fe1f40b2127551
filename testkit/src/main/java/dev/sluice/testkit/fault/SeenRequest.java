package dev.sluice.testkit.fault;

import java.util.List;

/**
 * What a proxy saw of a request; written down just before the client learns what became of it.
 *
 * @param number counts requests in the order in which they came, from 0
 * @param method the method
 * @param target path and query
 * @param headers the header lines
 * @param bodyBytes how long the body was, as it came
 * @param items its items, if it was a bulk
 * @param fault what happened to it
 * @param status the status that was answered; 0 if the connection was broken instead
 */
public record SeenRequest(
        int number,
        String method,
        String target,
        List<String> headers,
        int bodyBytes,
        List<SeenItem> items,
        String fault,
        int status) {
    /** Copies the lists. */
    public SeenRequest {
        headers = List.copyOf(headers);
        items = List.copyOf(items);
    }

    /** Returns whether it was a bulk. */
    public boolean isBulk() {
        return target.split("\\?", 2)[0].endsWith("/_bulk");
    }
}
