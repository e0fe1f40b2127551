package dev.sluice.runtime.rest;

import dev.sluice.runtime.config.RestConfig;
import dev.sluice.runtime.rest.access.Access;
import dev.sluice.runtime.rest.access.RateLimit;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What every request passes before its route: headers of all answers, pages of other sites, how often somebody asks. Used on
 * event loops; never waits.
 */
final class Front {
    private final Access access;
    private final Cors cors;
    private final ResponseHeaders headers;
    private final RateLimit rate;
    private final LongSupplier nanoTime;

    Front(RestConfig config, Access access, Clock clock, LongSupplier nanoTime) {
        this.access = access;
        this.cors = new Cors(config);
        this.headers = new ResponseHeaders(config.headers(), clock);
        this.rate = new RateLimit(config.requestsPerSecondMax());
        this.nanoTime = nanoTime;
    }

    Access access() {
        return access;
    }

    /** Lets a request go on, or answers it. */
    void pass(RoutingContext context) {
        HttpServerRequest request = context.request();
        headers.addTo(request.response().headers());
        cors.mark(request);
        long seconds = rate.secondsToWait(address(request), nanoTime.getAsLong());
        if (seconds > 0) {
            Sending.send(context, tooMany(seconds));
            return;
        }
        if (cors.isPreflight(request)) {
            Sending.send(context, cors.preflight());
            return;
        }
        if (cors.isForeignChange(request)) {
            Sending.send(context, foreign(String.valueOf(request.getHeader("Origin"))));
            return;
        }
        context.next();
    }

    static String address(HttpServerRequest request) {
        return request.remoteAddress() == null
                ? ""
                : String.valueOf(request.remoteAddress().hostAddress());
    }

    private static Answer tooMany(long seconds) {
        return Answer.error(
                        429,
                        "Cannot take more requests from this address now: it sent more than"
                                + " rest.requests.per.second.max permits. Try again in " + seconds + " s.",
                        Map.of())
                .withHeader("Retry-After", Long.toString(seconds));
    }

    private static Answer foreign(String origin) {
        return Answer.error(
                403,
                "Cannot take changes from a page of " + origin + ": it is of another site.",
                Map.of("fix", "If it may, add it to access.control.allow.origin in the worker's settings."));
    }
}
