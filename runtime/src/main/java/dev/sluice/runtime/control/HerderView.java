package dev.sluice.runtime.control;

import java.util.List;
import java.util.Optional;

/**
 * A worker's connectors at one moment.
 *
 * @param workerId the worker's address, as statuses name it
 * @param clusterId the identity of the cluster whose log it uses
 * @param connectors sorted by name
 */
public record HerderView(String workerId, String clusterId, List<ConnectorView> connectors) {
    /** Returns the connector of that name. */
    public Optional<ConnectorView> connector(String name) {
        return connectors.stream()
                .filter(connector -> connector.name().equals(name))
                .findFirst();
    }
}
