package dev.sluice.runtime.plugin;

import dev.sluice.api.config.ConfigSpec;

/**
 * The settings that a plugin understands.
 *
 * @param config its own
 * @param task those of the tasks of a connector; for other kinds the same as its own
 */
public record PluginSpec(ConfigSpec config, ConfigSpec task) {}
