package dev.sluice.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigProviderTest {

    private static final class FixedProvider implements ConfigProvider {
        @Override
        public void configure(Config config) {
            assertThat(config.values()).isEmpty();
        }

        @Override
        public ConfigData get(String path) {
            return ConfigData.of(Map.of("user", path));
        }

        @Override
        public ConfigData get(String path, Set<String> keys) {
            Map<String, String> wanted = new HashMap<>(get(path).data());
            wanted.keySet().retainAll(keys);
            return ConfigData.of(wanted, Duration.ofMinutes(1));
        }
    }

    @Test
    void needsNoSettingsAndWatchesNothingUnlessOverridden() {
        try (ConfigProvider provider = new FixedProvider()) {
            provider.configure(provider.configSpec().parse(Map.of()));

            assertThat(provider.get("p", Set.of("user", "other")).data()).isEqualTo(Map.of("user", "p"));
            assertThatThrownBy(() -> provider.subscribe("p", Set.of("user"), (path, data) -> {}))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("Cannot subscribe to changes: " + FixedProvider.class.getName()
                            + " does not support it. Its values are looked up again when their time is over.");
        }
    }

    @Test
    void keepsValuesForAPositiveTime() {
        ConfigData data = ConfigData.of(Map.of("a", "1"), Duration.ofMinutes(1));

        assertThat(data.ttl()).contains(Duration.ofMinutes(1));
        assertThat(data).hasToString("ConfigData[a] good for PT1M");
        assertThat(ConfigData.of(Map.of()).ttl()).isEmpty();
        assertThatThrownBy(() -> ConfigData.of(Map.of(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot keep values for PT0S: the time must be positive.");
    }
}
