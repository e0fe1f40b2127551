package dev.sluice.runtime.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hides what is called a password. Without state. */
final class FakeMask implements SecretMask {
    private static final String HIDDEN = "[hidden]";

    @Override
    public Map<String, String> mask(Map<String, String> config) {
        Map<String, String> masked = new LinkedHashMap<>(config);
        masked.replaceAll((name, value) -> name.contains("password") ? HIDDEN : value);
        return masked;
    }

    @Override
    public Map<String, String> maskTask(Map<String, String> connector, Map<String, String> task) {
        return mask(task);
    }

    @Override
    public Map<String, @Nullable String> unmask(Map<String, @Nullable String> given, Map<String, String> stored) {
        Map<String, @Nullable String> unmasked = new LinkedHashMap<>(given);
        unmasked.replaceAll((name, value) -> HIDDEN.equals(value) ? stored.get(name) : value);
        return unmasked;
    }
}
