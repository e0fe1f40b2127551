package dev.sluice.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigProblem;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OverridePolicyTest {
    private static final List<String> ALLOWED = List.of("acks");

    @ParameterizedTest
    @CsvSource({
        "ALL,       producer.override.acks,              true",
        "NONE,      producer.override.acks,              false",
        "NONE,      consumer.override.group.id,          false",
        "ALLOWLIST, producer.override.acks,              true",
        "ALLOWLIST, consumer.override.group.id,          false",
        "PRINCIPAL, admin.override.sasl.jaas.config,     true",
        "PRINCIPAL, producer.override.security.protocol, true",
        "PRINCIPAL, producer.override.acks,              false"
    })
    void decidesAboutOverrides(OverridePolicy policy, String setting, boolean isAllowed) {
        assertThat(policy.problems(Set.of(setting), ALLOWED).isEmpty()).isEqualTo(isAllowed);
    }

    @ParameterizedTest
    @EnumSource
    void othersSettingsAreNotItsBusiness(OverridePolicy policy) {
        assertThat(policy.problems(Set.of("name", "producer.acks", "acks"), List.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NONE, None", "ALLOWLIST, Allowlist", "PRINCIPAL, Principal"})
    void refusesInTheWordsOfKafkaConnect(OverridePolicy policy, String word) {
        assertThat(policy.problems(Set.of("producer.override.linger.ms"), ALLOWED))
                .extracting(ConfigProblem::text)
                .containsExactly(
                        "producer.override.linger.ms: The '" + word + "' policy does not allow 'linger.ms' to be"
                                + " overridden in the connector configuration. Remove producer.override.linger.ms, or change"
                                + " connector.client.config.override.policy in the worker's settings.");
    }
}
