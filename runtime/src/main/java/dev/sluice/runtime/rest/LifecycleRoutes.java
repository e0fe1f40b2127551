package dev.sluice.runtime.rest;

import dev.sluice.runtime.control.Connectors;
import dev.sluice.runtime.control.RestartScope;
import dev.sluice.runtime.rest.access.Role;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Pause, resume, stop and restart. */
final class LifecycleRoutes {
    private final Connectors connectors;

    LifecycleRoutes(RestServices services) {
        this.connectors = services.connectors();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.put(
                        "/connectors/{connector}/pause",
                        Description.of(Role.OPERATE, "Lets the tasks stay, idle.")
                                .answers(202, ""),
                        call -> connectors.pause(call.connector()).thenApply(done -> Answer.empty(202))),
                Endpoint.put(
                        "/connectors/{connector}/resume",
                        Description.of(Role.OPERATE, "Lets a paused or stopped connector run again.")
                                .answers(202, ""),
                        call -> connectors.resume(call.connector()).thenApply(done -> Answer.empty(202))),
                Endpoint.put(
                        "/connectors/{connector}/stop",
                        Description.of(Role.OPERATE, "Ends the tasks, keeps config and offsets.")
                                .answers(204, ""),
                        call -> connectors.stop(call.connector()).thenApply(done -> Answer.empty(204))),
                Endpoint.post(
                        "/connectors/{connector}/restart",
                        Description.of(Role.OPERATE, "Starts a connector anew, alone or with its tasks.")
                                .query(Parameter.flag("includeTasks", "Whether the tasks are restarted too."))
                                .query(Parameter.flag("onlyFailed", "Whether only what has failed is restarted."))
                                .answers(202, "Status")
                                .answers(204, ""),
                        this::restart),
                Endpoint.post(
                        "/connectors/{connector}/tasks/{task}/restart",
                        Description.of(Role.OPERATE, "Starts one task anew.").answers(204, ""),
                        this::restartTask));
    }

    /** As in Kafka Connect, the plan is shown only to who gives a flag. */
    private CompletableFuture<Answer> restart(Call call) {
        RestartScope scope = new RestartScope(call.flag("includeTasks"), call.flag("onlyFailed"));
        boolean isShown = scope.includeTasks() || scope.onlyFailed();
        return connectors
                .restart(call.connector(), scope)
                .thenApply(planned -> isShown ? Answer.json(202, Shapes.restartPlan(planned)) : Answer.empty(204));
    }

    private CompletableFuture<Answer> restartTask(Call call) {
        String task = call.path("task");
        if (!task.matches("\\d{1,9}")) {
            throw Refusal.notFound("Unknown task: " + call.connector() + "-" + task)
                    .with("field", "task")
                    .with("fix", "Give the task's number; GET /connectors/" + call.connector() + "/tasks lists them.");
        }
        return connectors.restartTask(call.connector(), Integer.parseInt(task)).thenApply(done -> Answer.empty(204));
    }
}
