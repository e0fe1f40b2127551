package dev.sluice.runtime.rest;

import dev.sluice.runtime.rest.access.Admission;
import dev.sluice.runtime.rest.access.RestUser;
import dev.sluice.runtime.rest.access.Role;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests to their routes: who asks, may he, can the body be read, then the action; and answers for what has no route.
 * Handlers run on event loops and never wait; actions complete wherever they like, and are answered on the event loop that
 * the request came in on.
 */
final class Dispatch {
    /** Who changed what; reads are logged at DEBUG. */
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private static final String USER = "user";

    private final Vertx vertx;
    private final Front front;
    private final long bodyBytesMax;
    private final BodyHandler bodies;
    private final long timeoutMillis;
    private final Function<String, String> stage;

    /**
     * Makes a dispatch.
     *
     * @param stage says in a sentence what a connector is busy with
     */
    Dispatch(Vertx vertx, Front front, long bodyBytesMax, long timeoutMillis, Function<String, String> stage) {
        this.vertx = vertx;
        this.front = front;
        this.bodyBytesMax = bodyBytesMax;
        this.bodies = BodyHandler.create(false).setBodyLimit(bodyBytesMax);
        this.timeoutMillis = timeoutMillis;
        this.stage = stage;
    }

    Router router(List<Endpoint> endpoints) {
        Router router = Router.router(vertx);
        router.route().handler(front::pass);
        endpoints.forEach(endpoint -> add(router, endpoint));
        router.errorHandler(400, context -> failed(context, 400, "HTTP 400 Bad Request"));
        router.errorHandler(404, context -> failed(context, 404, "HTTP 404 Not Found"));
        router.errorHandler(405, context -> wrongMethod(context, endpoints));
        router.errorHandler(413, this::tooLarge);
        router.errorHandler(414, context -> failed(context, 414, "HTTP 414 URI Too Long"));
        router.errorHandler(500, context -> Sending.send(context, Failures.answer(context.failure(), context)));
        return router;
    }

    private void add(Router router, Endpoint endpoint) {
        String pattern = endpoint.pattern();
        List<String> patterns = pattern.equals("/") ? List.of(pattern) : List.of(pattern, pattern + "/");
        for (String one : patterns) {
            Route route = router.route(one);
            endpoint.methods().forEach(method -> route.method(HttpMethod.valueOf(method)));
            route.handler(context -> admit(context, endpoint));
            route.handler(context -> run(context, endpoint));
        }
    }

    private void admit(RoutingContext context, Endpoint endpoint) {
        if (endpoint.description().role() == Role.ANYONE) {
            enter(context, endpoint, RestUser.UNKNOWN);
            return;
        }
        CompletableFuture<Admission> admission =
                front.access().admit(context.request().getHeader("Authorization"), Front.address(context.request()));
        if (admission.isDone() && !admission.isCompletedExceptionally()) {
            decide(context, endpoint, admission.join());
            return;
        }
        context.request().pause(); // the body must not pass by while the password is hashed
        Context loop = vertx.getOrCreateContext();
        var unused = admission.whenComplete((decided, failure) -> loop.runOnContext(back -> {
            if (!context.request().isEnded()) {
                context.request().resume();
            }
            if (failure == null) {
                decide(context, endpoint, decided);
            } else {
                Sending.send(context, Failures.answer(failure, context));
            }
        }));
    }

    private void decide(RoutingContext context, Endpoint endpoint, Admission admission) {
        if (admission instanceof Admission.Admitted admitted) {
            enter(context, endpoint, admitted.user());
        } else if (admission instanceof Admission.Delayed delayed) {
            Sending.send(context, AccessAnswers.delayed(delayed));
        } else if (admission instanceof Admission.Refused refused) {
            if (context.request().headers().contains("Authorization")) {
                LOG.atInfo()
                        .addKeyValue("client", Front.address(context.request()))
                        .addKeyValue("path", context.request().path())
                        .log("login refused");
            }
            Sending.send(context, AccessAnswers.unknown(refused, front.access().challenge()));
        }
    }

    private void enter(RoutingContext context, Endpoint endpoint, RestUser user) {
        if (!user.role().covers(endpoint.description().role())) {
            Sending.send(context, AccessAnswers.forbidden(user, endpoint));
            return;
        }
        if (!accepts(context, endpoint.description().mediaType())) {
            failed(context, 406, "HTTP 406 Not Acceptable");
            return;
        }
        if (endpoint.description().body() != null && !isJson(context)) {
            Sending.send(
                    context,
                    Answer.error(
                            415,
                            "HTTP 415 Unsupported Media Type",
                            Map.of("fix", "Send the body with Content-Type: application/json.")));
            return;
        }
        context.put(USER, user);
        if (endpoint.description().body() == null) {
            context.next();
        } else {
            bodies.handle(context); // goes on when it has all of it
        }
    }

    private static boolean accepts(RoutingContext context, String mediaType) {
        String type = mediaType.replaceAll(";.*", "");
        String family = type.substring(0, type.indexOf('/'));
        List<MIMEHeader> accepted = context.parsedHeaders().accept();
        return accepted.isEmpty()
                || accepted.stream()
                        .anyMatch(header -> header.weight() > 0
                                && (header.component().equals("*")
                                        || header.component().equals(family))
                                && (header.subComponent().equals("*")
                                        || (family + "/" + header.subComponent()).equals(type)));
    }

    /** A request without a body needs no type: that it is missing is the better thing to say. */
    private static boolean isJson(RoutingContext context) {
        String given = context.request().getHeader("Content-Type");
        if (given == null) {
            String length = context.request().getHeader("Content-Length");
            boolean isChunked = context.request().headers().contains("Transfer-Encoding");
            return !isChunked && (length == null || length.equals("0"));
        }
        String type = given.toLowerCase(Locale.ROOT).replaceAll(";.*", "").trim();
        return type.equals(Answer.JSON) || (type.startsWith("application/") && type.endsWith("+json"));
    }

    private void run(RoutingContext context, Endpoint endpoint) {
        RestUser user = context.get(USER);
        Call call = new Call(context, user);
        CompletableFuture<Answer> answer;
        try {
            answer = endpoint.action().on(call);
        } catch (RuntimeException failure) {
            finish(context, endpoint, user, Failures.answer(failure, context));
            return;
        }
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            finish(context, endpoint, user, answer.join());
            return;
        }
        Context loop = vertx.getOrCreateContext();
        // The copy alone is given up when it is late; what the worker does with the original is its own affair.
        var unused = answer.copy()
                .orTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .handle((done, failure) -> failure == null ? done : failure(context, endpoint, failure))
                .thenAccept(done -> loop.runOnContext(back -> finish(context, endpoint, user, done)));
    }

    private Answer failure(RoutingContext context, Endpoint endpoint, Throwable failure) {
        return Failures.isLate(failure)
                ? Failures.late(endpoint, stage.apply(String.valueOf(context.pathParam("connector"))), timeoutMillis)
                : Failures.answer(failure, context);
    }

    private void finish(RoutingContext context, Endpoint endpoint, RestUser user, Answer answer) {
        boolean isChange = !endpoint.method().equals(HttpMethod.GET);
        (isChange ? LOG.atInfo() : LOG.atDebug())
                .addKeyValue("user", user.name())
                .addKeyValue("client", Front.address(context.request()))
                .addKeyValue("method", context.request().method())
                .addKeyValue("path", context.request().path())
                .addKeyValue("code", answer.code())
                .log("request");
        Sending.send(context, answer);
    }

    private static void failed(RoutingContext context, int code, String message) {
        Sending.send(context, Answer.error(code, message, Map.of()));
    }

    private void tooLarge(RoutingContext context) {
        Answer answer = Answer.error(
                413,
                "Cannot read the body: it has more than " + bodyBytesMax + " bytes.",
                Map.of("fix", "Send less, or raise rest.request.bytes.max in the worker's settings."));
        // Before HTTP/2 the rest of the body can only be kept away by ending the connection.
        boolean isAlone = context.request().version() != HttpVersion.HTTP_2;
        Sending.send(context, isAlone ? answer.withHeader("Connection", "close") : answer);
    }

    private static void wrongMethod(RoutingContext context, List<Endpoint> endpoints) {
        TreeSet<String> allowed = new TreeSet<>(List.of("OPTIONS"));
        endpoints.stream()
                .filter(endpoint -> endpoint.matches(context.request().path()))
                .forEach(endpoint -> allowed.addAll(endpoint.methods()));
        boolean isQuestion = context.request().method().equals(HttpMethod.OPTIONS);
        Answer answer = isQuestion
                ? Answer.empty(204)
                : Answer.error(405, "HTTP 405 Method Not Allowed", Map.of("allowed", allowed));
        Sending.send(context, answer.withHeader("Allow", String.join(",", allowed)));
    }
}
