package dev.sluice.runtime.validate;

import org.jspecify.annotations.Nullable;

/**
 * Kafka Connect's ConfigInfo: a setting and its value.
 *
 * @param definition the setting; null for a name that nobody knows and that has an error
 * @param value its value
 */
public record ConfigInfo(@Nullable ConfigKeyInfo definition, ConfigValueInfo value) {}
