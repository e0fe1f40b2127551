package dev.sluice.testkit.sample;

import dev.sluice.api.connector.SinkConnector;
import dev.sluice.testkit.behaviour.SinkConnectorBehaviour;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A sink that keeps the contract passes the suite with every ability. */
class MemorySinkTest extends SinkConnectorBehaviour {
    private final String name = UUID.randomUUID().toString();

    @Override
    protected SinkConnector newPlugin() {
        return new MemorySinkConnector(abilities(), SinkFlaw.NONE);
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("outside", name);
    }

    @Override
    protected List<String> readOutside() {
        return MemoryOutside.named(name).texts();
    }

    @Override
    protected Optional<Mending> breakOutside() {
        MemoryOutside.named(name).breakDown();
        return Optional.of(MemoryOutside.named(name)::mend);
    }
}
