package dev.sluice.broker.group;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.coordinator.group.GroupConfigManager;
import org.apache.kafka.coordinator.group.GroupCoordinatorConfig;
import org.apache.kafka.coordinator.group.modern.share.ShareGroupConfig;

/** The settings of groups in the form that Kafka's coordinator wants. */
public final class CoordinatorSettings {
    private final GroupCoordinatorConfig coordinator;
    private final ShareGroupConfig shareGroups;

    CoordinatorSettings(Map<String, String> settings) {
        // The coordinator reads the settings of share groups too, although we have none of these.
        ConfigDef definition =
                Utils.mergeConfigs(List.of(GroupCoordinatorConfig.CONFIG_DEF, ShareGroupConfig.CONFIG_DEF));
        AbstractConfig config = new AbstractConfig(definition, settings, false);
        coordinator = new GroupCoordinatorConfig(config);
        shareGroups = new ShareGroupConfig(config);
    }

    /**
     * Checks settings that are right each for itself against each other. Loads classes of the coordinator: only worth it
     * where one of them was given.
     *
     * @param settings texts under Kafka's keys
     * @return why they cannot be used, if so
     */
    public static Optional<String> problem(Map<String, String> settings) {
        try {
            var unused = new CoordinatorSettings(settings);
            return Optional.empty();
        } catch (IllegalArgumentException | ConfigException e) {
            return Optional.of("Cannot use the settings of groups together: " + e.getMessage() + ". Correct them.");
        }
    }

    GroupCoordinatorConfig coordinator() {
        return coordinator;
    }

    GroupConfigManager groupConfigs() {
        return new GroupConfigManager(coordinator.extractGroupConfigMap(shareGroups), coordinator, shareGroups);
    }
}
