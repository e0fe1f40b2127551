package dev.sluice.plugin.standard.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProvider.Subscription;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvVarConfigProviderTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("DB_USER", "ada", "DB_PASSWORD", "secret", "PATH", "/bin");

    @Test
    void readsVariablesAsKafkaDoes() throws Exception {
        Map<String, String> settings = Map.of("allowlist.pattern", "DB_.*");
        try (EnvVarConfigProvider ours = provider(settings);
                var theirs = new org.apache.kafka.common.config.provider.EnvVarConfigProvider(ENVIRONMENT)) {
            theirs.configure(settings);
            assertThat(ours.get("").data()).isEqualTo(theirs.get("").data()).containsOnlyKeys("DB_USER", "DB_PASSWORD");
            assertThat(ours.get("", Set.of("DB_USER", "PATH", "NONE")).data())
                    .isEqualTo(theirs.get("", Set.of("DB_USER", "PATH", "NONE")).data())
                    .isEqualTo(Map.of("DB_USER", "ada"));
        }
    }

    @Test
    void readsAllVariablesUnlessLimited() {
        try (EnvVarConfigProvider provider = provider(Map.of())) {
            assertThat(provider.get("").data()).isEqualTo(ENVIRONMENT);
        }
        try (EnvVarConfigProvider provider = new EnvVarConfigProvider()) {
            provider.configure(provider.configSpec().parse(Map.of()));
            assertThat(provider.get("").data()).isEqualTo(System.getenv());
        }
    }

    @Test
    void hasNoPathsAndNoChanges() {
        try (EnvVarConfigProvider provider = provider(Map.of())) {
            assertThatThrownBy(() -> provider.get("/etc"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("Cannot look up a setting under '/etc' in the environment: it has no paths."
                            + " Write ${provider:NAME} with one colon.");
            Subscription subscription = provider.subscribe("", Set.of("PATH"), (path, data) -> {});
            subscription.close();
        }
    }

    private static EnvVarConfigProvider provider(Map<String, String> settings) {
        EnvVarConfigProvider provider = new EnvVarConfigProvider(ENVIRONMENT);
        provider.configure(provider.configSpec().parse(settings));
        return provider;
    }
}
