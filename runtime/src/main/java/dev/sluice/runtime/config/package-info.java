/**
 * Settings of the worker and of connectors, and the files they come from, as Kafka Connect standalone reads them.
 *
 * <p>Main types: {@link dev.sluice.runtime.config.WorkerConfig}, {@link dev.sluice.runtime.config.ConnectorConfig},
 * {@link dev.sluice.runtime.config.ConnectorFile} and {@link dev.sluice.runtime.config.PropertiesFile}. Each setting is
 * one {@code ConfigKey}. Everything here is immutable and usable from any thread; only the two file types read files, on
 * the thread of the command line. Every part of the runtime may use this package, and it uses none of them.
 */
@NullMarked
package dev.sluice.runtime.config;

import org.jspecify.annotations.NullMarked;
