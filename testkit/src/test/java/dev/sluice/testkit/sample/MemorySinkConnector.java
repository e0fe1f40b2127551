package dev.sluice.testkit.sample;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.connector.SinkConnectorContext;
import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.testkit.behaviour.SinkAbility;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes to a {@link MemoryOutside}, with some abilities and perhaps a flaw. */
final class MemorySinkConnector implements SinkConnector {
    static final ConfigKey<String> OUTSIDE = ConfigKey.string("outside").doc("Name of the list to write to.");

    private static final ConfigSpec SPEC = ConfigSpec.of(OUTSIDE);

    private final Set<SinkAbility> abilities;
    private final SinkFlaw flaw;
    private @Nullable Config config;

    MemorySinkConnector(Set<SinkAbility> abilities, SinkFlaw flaw) {
        this.abilities = abilities;
        this.flaw = flaw;
    }

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void start(SinkConnectorContext context, Config given) {
        config = given;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int tasksMax) {
        if (config == null) {
            throw new IllegalStateException("Cannot give task settings: the connector was not started.");
        }
        boolean splits = abilities.contains(SinkAbility.SPLITS) && flaw != SinkFlaw.ONE_TASK_ONLY;
        return Collections.nCopies(splits ? tasksMax : 1, config.originals());
    }

    @Override
    public SinkTask createTask() {
        return abilities.contains(SinkAbility.RENDERS)
                ? new RenderingMemorySinkTask(abilities, flaw)
                : new MemorySinkTask(abilities, flaw);
    }

    @Override
    public boolean alterOffsets(Map<String, String> settings, Map<TopicPartition, @Nullable Long> offsets) {
        if (!abilities.contains(SinkAbility.ALTERS_OFFSETS)) {
            throw new ConnectorException("Cannot alter offsets: the outside keeps them.");
        }
        if (flaw != SinkFlaw.ACCEPTS_ANY_OFFSET
                && offsets.values().stream().anyMatch(offset -> offset != null && offset < 0)) {
            throw new ConnectorException("Cannot alter offsets to " + offsets + ": they must be at least 0.");
        }
        return true;
    }

    @Override
    public void stop() {
        config = null;
    }
}
