package dev.sluice.runtime.rest;

import dev.sluice.runtime.rest.access.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Log levels at run time: {@code /admin/loggers}. */
final class LoggerRoutes {
    private static final String EXPECTED = "an object with level";

    private final Loggers loggers;

    LoggerRoutes(RestServices services) {
        this.loggers = services.loggers();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(
                        "/admin/loggers",
                        Description.read("Lists the loggers that have a level of their own.", "LoggerLevels"),
                        Action.shows(this::all)),
                Endpoint.get(
                        "/admin/loggers/{logger}",
                        Description.read("Shows the level of a logger; root is the logger of all.", "LoggerLevel"),
                        Action.shows(this::one)),
                Endpoint.put(
                        "/admin/loggers/{logger}",
                        Description.of(Role.ADMIN, "Sets the level of a logger and those below it.")
                                .query(Parameter.text(
                                        "scope", "worker (default) or cluster; a cluster has one worker here."))
                                .takes("LoggerLevel")
                                .answers(200, "LoggerNames")
                                .answers(204, ""),
                        this::set));
    }

    private Object all(Call call) {
        Map<String, @Nullable Object> all = Shapes.object();
        loggers.all().forEach((name, level) -> all.put(name, shape(level)));
        return all;
    }

    private Object one(Call call) {
        String name = call.path("logger");
        return loggers.find(name)
                .map(LoggerRoutes::shape)
                .orElseThrow(() -> Refusal.notFound("Logger " + name + " not found."));
    }

    private static Object shape(Loggers.LoggerLevel level) {
        return Shapes.object("level", level.level(), "last_modified", level.lastModifiedMillis());
    }

    private CompletableFuture<Answer> set(Call call) {
        String level = level(call.body(EXPECTED));
        List<String> changed = loggers.set(call.path("logger"), level);
        boolean isForCluster = isForCluster(call);
        return CompletableFuture.completedFuture(isForCluster ? Answer.empty(204) : Answer.ok(changed));
    }

    private static boolean isForCluster(Call call) {
        String scope = call.query("scope").orElse("worker");
        return switch (scope.toLowerCase(Locale.ROOT)) {
            case "worker" -> false;
            case "cluster" -> true;
            default ->
                throw Refusal.badRequest(
                        "Cannot set a log level with scope=" + scope + ": it must be worker or cluster.",
                        "scope",
                        "Leave it out for this worker.");
        };
    }

    private String level(JsonValue body) {
        JsonValue level = body.object(EXPECTED).get("level");
        if (level == null || level.isNull()) {
            throw body.at(Refusal.badRequest(
                    "Desired 'level' parameter was not specified in request.",
                    "level",
                    "Send {\"level\": \"DEBUG\"}; possible are " + String.join(", ", Loggers.LEVELS) + "."));
        }
        String word = level.text().toUpperCase(Locale.ROOT);
        if (!Loggers.LEVELS.contains(word)) {
            throw level.at(Refusal.notFound("invalid log level '" + level.text() + "'.")
                    .with("field", "level")
                    .with("fix", "Use one of " + String.join(", ", Loggers.LEVELS) + "."));
        }
        return word;
    }
}
