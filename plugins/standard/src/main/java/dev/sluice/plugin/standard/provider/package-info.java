/**
 * Kafka Connect's config providers: values from properties files, from folders with one file per value, and from the
 * environment. The same names and settings.
 *
 * <p>Values never enter a message or a log line. Look-ups may come from several threads at once; watched files are looked
 * at by one daemon thread per provider, {@link dev.sluice.plugin.standard.provider.Watch}, which calls the listeners.
 */
@NullMarked
package dev.sluice.plugin.standard.provider;

import org.jspecify.annotations.NullMarked;
