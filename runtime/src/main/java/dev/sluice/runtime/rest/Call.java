package dev.sluice.runtime.rest;

import dev.sluice.runtime.rest.access.RestUser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** One request as its action sees it. Belongs to the event loop that the request came in on. */
final class Call {
    private final RoutingContext context;
    private final RestUser user;

    Call(RoutingContext context, RestUser user) {
        this.context = context;
        this.user = user;
    }

    /** Who asks. */
    RestUser user() {
        return user;
    }

    /** The name in the path, decoded. */
    String connector() {
        return path("connector");
    }

    /** A parameter of the path, decoded. */
    String path(String name) {
        return String.valueOf(context.pathParam(name));
    }

    /** All values of a parameter of the query. */
    List<String> queries(String name) {
        return context.queryParam(name);
    }

    /** The first value of a parameter of the query that is not empty. */
    Optional<String> query(String name) {
        return queries(name).stream().filter(value -> !value.isEmpty()).findFirst();
    }

    /**
     * A parameter of the query that is true or false; false without it.
     *
     * @throws Refusal if it is something else
     */
    boolean flag(String name) {
        String given = query(name).orElse("false");
        if (given.equalsIgnoreCase("true") || given.equalsIgnoreCase("false")) {
            return given.equalsIgnoreCase("true");
        }
        throw Refusal.badRequest(
                "Cannot use " + name + "=" + given + ": it must be true or false.",
                name,
                "Write " + name + "=true, or leave it out.");
    }

    /**
     * The body, which must be there.
     *
     * @param expected what it should be, such as {@code an object with name and config}
     * @throws Refusal if there is none or it is not JSON
     */
    JsonValue body(String expected) {
        Buffer given = context.body().buffer();
        if (given == null || given.length() == 0) {
            throw Refusal.of(400, "Cannot read the body: it is empty, expected " + expected + ".")
                    .with("fix", "Send " + expected + " as JSON.");
        }
        return JsonText.parse(given.getBytes());
    }

    /** The absolute address of a connector, as the client would write it. */
    String locationOf(String connector) {
        HttpServerRequest request = context.request();
        HostAndPort authority = request.authority();
        String host = authority == null ? request.localAddress().toString() : authority.toString();
        return request.scheme() + "://" + host + "/connectors/" + encoded(connector);
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
