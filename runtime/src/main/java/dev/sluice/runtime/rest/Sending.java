package dev.sluice.runtime.rest;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Sends answers; on the event loop of the request. */
final class Sending {
    private Sending() {}

    static void send(RoutingContext context, Answer answer) {
        send(context.request(), answer);
    }

    static void send(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return; // answered as late before, or the client has gone
        }
        response.setStatusCode(answer.code());
        answer.headers().forEach((name, value) -> response.headers().set(name, value));
        if (answer.body().length() > 0) {
            response.putHeader("Content-Type", answer.mediaType());
        }
        if (answer.code() != 204) {
            response.putHeader("Content-Length", Integer.toString(answer.body().length()));
        }
        boolean isBodyLess =
                request.method().equals(HttpMethod.HEAD) || answer.body().length() == 0;
        Future<Void> sent = isBodyLess ? response.end() : response.end(answer.body());
        // The outcome is the client's affair: one that has gone needs no answer.
        sent.onFailure(gone -> response.reset());
        if (!request.isEnded()) {
            request.resume(); // what is left of a body that nobody wanted
        }
    }
}
