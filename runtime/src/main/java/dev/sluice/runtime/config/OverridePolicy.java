package dev.sluice.runtime.config;

import dev.sluice.api.config.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which settings of Kafka's clients a connector may override. Names and meanings are Kafka Connect's. */
public enum OverridePolicy {
    /** All of them. */
    ALL,
    /** None. */
    NONE,
    /** Those that the worker lists. */
    ALLOWLIST,
    /** Those that say who the client is. */
    PRINCIPAL;

    private static final String CLASS_PREFIX = "org.apache.kafka.connect.connector.policy.";
    private static final String CLASS_SUFFIX = "ConnectorClientConfigOverridePolicy";
    private static final Set<String> OF_PRINCIPALS = Set.of("sasl.jaas.config", "sasl.mechanism", "security.protocol");

    /** Reads a policy by its short name, or by its class in Kafka Connect. */
    static OverridePolicy parse(String text) {
        String name = text.strip();
        if (name.startsWith(CLASS_PREFIX)) {
            name = name.substring(CLASS_PREFIX.length());
        }
        if (name.endsWith(CLASS_SUFFIX)) {
            name = name.substring(0, name.length() - CLASS_SUFFIX.length());
        }
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("it must be All, None, Allowlist or Principal", unknown);
        }
    }

    /** Returns the short name. */
    String word() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the overrides that are not allowed.
     *
     * @param settings names of a connector's settings
     * @param allowlist names in the client that {@link #ALLOWLIST} lets pass
     */
    public List<ConfigProblem> problems(Set<String> settings, List<String> allowlist) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (String setting : settings) {
            ClientKeys.override(setting)
                    .filter(override -> !isAllowed(override.name(), allowlist))
                    .ifPresent(
                            override -> problems.add(
                                    ConfigProblem.error(
                                            setting,
                                            "The '" + word() + "' policy does not allow '" + override.name()
                                                    + "' to be overridden in the connector configuration.",
                                            "Remove " + setting
                                                    + ", or change connector.client.config.override.policy in the worker's settings.")));
        }
        return problems;
    }

    private boolean isAllowed(String name, List<String> allowlist) {
        return switch (this) {
            case ALL -> true;
            case NONE -> false;
            case ALLOWLIST -> allowlist.contains(name);
            case PRINCIPAL -> OF_PRINCIPALS.contains(name);
        };
    }
}
