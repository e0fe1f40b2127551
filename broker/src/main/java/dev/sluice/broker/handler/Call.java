package dev.sluice.broker.handler;

import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.RequestContext;

/**
 * A request under way.
 *
 * @param request what is asked
 * @param context who asks: header, client, listener, principal
 * @param loop the event loop of the connection
 * @param <Q> the kind of request
 */
public record Call<Q extends AbstractRequest>(Q request, RequestContext context, EventLoop loop) {
    /** Returns the version of the request, in which the answer is written. */
    public short version() {
        return context.apiVersion();
    }
}
