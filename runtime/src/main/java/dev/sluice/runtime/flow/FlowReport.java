package dev.sluice.runtime.flow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all connectors of a worker do at one moment.
 *
 * @param at when the monitor last looked at all of them
 * @param connectors by name
 */
public record FlowReport(Instant at, Map<String, ConnectorFlow> connectors) {
    /** Copies the map in. */
    public FlowReport {
        connectors = Map.copyOf(connectors);
    }

    /** Returns what a connector does; one that is too new to have been looked at is starting. */
    public ConnectorFlow connector(String name) {
        ConnectorFlow known = connectors.get(name);
        return known == null ? new ConnectorFlow(ConnectorFlow.unseen(at), List.of(), Map.of()) : known;
    }

    /** Returns the connectors that are not well, sorted by name. */
    List<HealthReport.Ailing> ailing() {
        return new TreeMap<>(connectors)
                .entrySet().stream()
                        .filter(entry -> entry.getValue().connector().verdict().isAlarm())
                        .map(entry -> new HealthReport.Ailing(
                                entry.getKey(), entry.getValue().connector()))
                        .toList();
    }
}
