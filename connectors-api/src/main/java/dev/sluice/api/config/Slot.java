package dev.sluice.api.config;

import org.jspecify.annotations.Nullable;

/** One setting as it was read: its value (given or default, null without either), and how it came about. */
record Slot(ConfigKey<?> key, @Nullable Object value, boolean given, boolean faulty) {

    static Slot faulty(ConfigKey<?> key) {
        return new Slot(key, null, true, true);
    }

    String shown() {
        if (faulty) {
            return "[not readable]";
        }
        return key.isSecret() ? Password.HIDDEN : String.valueOf(value);
    }
}
