package dev.sluice.runtime.config;

import dev.sluice.api.config.ConfigKind;
import dev.sluice.api.config.ConfigType;
import java.util.List;
import java.util.Locale;

/** {@code on-failure} or {@code never}, in any case. */
enum RestartPolicyType implements ConfigType<Boolean> {
    INSTANCE;

    private static final String ON_FAILURE = "on-failure";
    private static final String NEVER = "never";

    @Override
    public ConfigKind kind() {
        return ConfigKind.STRING;
    }

    @Override
    public String words() {
        return ON_FAILURE + " or " + NEVER;
    }

    @Override
    public Boolean parse(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case ON_FAILURE -> true;
            case NEVER -> false;
            default -> throw new IllegalArgumentException("it must be " + words());
        };
    }

    @Override
    public String format(Boolean value) {
        return value ? ON_FAILURE : NEVER;
    }

    @Override
    public List<String> possibleValues() {
        return List.of(ON_FAILURE, NEVER);
    }
}
