package dev.sluice.runtime.rest;

import dev.sluice.api.config.ConfigException;
import dev.sluice.runtime.control.RequestRefused;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes answers of failures: one place that decides about status codes. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** Answers a failure of an action; one that is a fault of ours is logged, and its innards stay inside. */
    static Answer answer(Throwable failure, RoutingContext context) {
        if (failure instanceof CompletionException wrapped && wrapped.getCause() != null) {
            return answer(wrapped.getCause(), context);
        }
        if (failure instanceof Refusal refusal) {
            return refusal.answer();
        }
        if (failure instanceof RequestRefused refused) {
            return refused(refused);
        }
        if (failure instanceof ConfigException wrong) {
            return invalid(wrong);
        }
        if (failure instanceof HttpException unreadable && unreadable.getStatusCode() == 400) {
            return Answer.error(
                    400,
                    "HTTP 400 Bad Request",
                    Map.of("fix", "Correct the address: a percent sign is followed by two hexadecimal digits."));
        }
        LOG.atError()
                .setCause(failure)
                .addKeyValue("method", context.request().method())
                .addKeyValue("path", context.request().path())
                .log("request failed");
        return Answer.error(500, "The request failed inside the worker; its log has the reason.", Map.of());
    }

    private static Answer refused(RequestRefused refused) {
        int code = switch (refused.reason()) {
            case NOT_FOUND -> 404;
            case EXISTS, CONFLICT -> 409;
            case INVALID -> 400;
            case FORBIDDEN -> 403;
            case TIMEOUT -> 500;
        };
        Map<String, @Nullable Object> more = new LinkedHashMap<>();
        if (refused.fix() != null) {
            more.put("fix", refused.fix());
        }
        if (!refused.problems().isEmpty()) {
            more.put("problems", Shapes.problems(refused.problems()));
        }
        return Answer.error(code, String.valueOf(refused.getMessage()), more);
    }

    private static Answer invalid(ConfigException wrong) {
        Map<String, Object> problems =
                wrong.problems().isEmpty() ? Map.of() : Map.of("problems", Shapes.problems(wrong.problems()));
        return Answer.error(400, String.valueOf(wrong.getMessage()), problems);
    }

    /** Answers an operation that takes too long; what was begun goes on. */
    static Answer late(Endpoint endpoint, String stage, long limitMillis) {
        return Answer.error(
                500,
                "Request timed out after " + limitMillis + " ms. " + stage + " What was begun goes on.",
                Shapes.object(
                        "stage", stage, "operation", endpoint.description().summary()));
    }

    static boolean isLate(Throwable failure) {
        return failure instanceof TimeoutException
                || (failure instanceof CompletionException && failure.getCause() instanceof TimeoutException);
    }
}
