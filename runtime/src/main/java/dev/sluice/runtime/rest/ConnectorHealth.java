package dev.sluice.runtime.rest;

import dev.sluice.runtime.flow.Flow;
import dev.sluice.runtime.flow.HealthReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which connectors do not do what they should, and why: a pure function of what the worker knows of them. */
final class ConnectorHealth {
    private ConnectorHealth() {}

    /** Returns status and body of {@code /health/connectors}. */
    static Answer answer(HealthReport health) {
        Map<String, @Nullable Object> body =
                Shapes.object("status", health.isHealthy() ? "healthy" : "unhealthy", "connectors", sick(health));
        if (!health.isCurrent()) {
            body.put("message", "The connectors were last looked at at " + health.at() + ". Look at the worker's log.");
        }
        return Answer.json(health.isHealthy() ? 200 : 503, body);
    }

    private static List<Map<String, @Nullable Object>> sick(HealthReport health) {
        return health.ailing().stream().map(ConnectorHealth::complaint).toList();
    }

    private static Map<String, @Nullable Object> complaint(HealthReport.Ailing ailing) {
        Flow flow = ailing.flow();
        return Shapes.object(
                "connector", ailing.name(),
                "verdict", flow.verdict().name(),
                "since", flow.since().toString(),
                "reason", flow.reason(),
                "nextAction", flow.nextAction());
    }
}
