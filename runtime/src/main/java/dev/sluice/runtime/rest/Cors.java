package dev.sluice.runtime.rest;

import dev.sluice.runtime.config.RestConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What web pages of other origins may do (the Fetch standard's CORS protocol): those that the settings name may read answers
 * and, after a preflight, use the methods that the settings name. Browsers of a user who is let in by where he is, not by a
 * login, would change things for any page; so a change that the browser says comes from another site is refused. Immutable.
 */
final class Cors {
    private static final String MAX_AGE_SECONDS = "1800";
    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final List<String> origins;
    private final String methods;

    Cors(RestConfig config) {
        this.origins = config.allowedOrigins();
        this.methods = String.join(",", config.allowedMethods());
    }

    private boolean isAllowed(@Nullable String origin) {
        return origin != null && (origins.contains("*") || origins.contains(origin));
    }

    /** Tells the browser that the page may read the answer, if it may. */
    void mark(HttpServerRequest request) {
        if (origins.isEmpty()) {
            return;
        }
        MultiMap headers = request.response().headers().add("Vary", "Origin");
        String origin = request.getHeader("Origin");
        if (isAllowed(origin)) {
            headers.set("Access-Control-Allow-Origin", origin);
            headers.set("Access-Control-Expose-Headers", "Location,Retry-After");
        }
    }

    /** Whether the browser asks before it sends the request itself. */
    boolean isPreflight(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains("Access-Control-Request-Method")
                && isAllowed(request.getHeader("Origin"));
    }

    Answer preflight() {
        return Answer.empty(204)
                .withHeader("Access-Control-Allow-Methods", methods)
                .withHeader("Access-Control-Allow-Headers", "Authorization,Content-Type,Accept,X-Requested-With,Origin")
                .withHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
    }

    /** Whether a page of another site, which is not allowed to, wants to change something. */
    boolean isForeignChange(HttpServerRequest request) {
        return !HARMLESS.contains(request.method())
                && "cross-site".equals(request.getHeader("Sec-Fetch-Site"))
                && !isAllowed(request.getHeader("Origin"));
    }
}
