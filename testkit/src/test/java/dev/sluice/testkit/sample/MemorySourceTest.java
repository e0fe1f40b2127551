package dev.sluice.testkit.sample;

import dev.sluice.api.connector.SourceConnector;
import dev.sluice.testkit.behaviour.SourceConnectorBehaviour;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A source that keeps the contract passes the suite with every ability. */
class MemorySourceTest extends SourceConnectorBehaviour {
    private final String name = UUID.randomUUID().toString();

    @Override
    protected SourceConnector newPlugin() {
        return new MemorySourceConnector(abilities(), SourceFlaw.NONE);
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("outside", name, "batch.size", "4");
    }

    @Override
    protected void write(List<String> texts) {
        texts.forEach(text -> MemoryOutside.named(name).add(null, text));
    }
}
