/**
 * What all plugins share: discovery, description, metrics, and the bridge to plugins written for another API.
 *
 * <p>A plugin is a folder or jar in the plugin path. It names its classes in {@code META-INF/services/<interface>} files;
 * foreign or short names under which they should answer too stand in {@code META-INF/sluice/aliases.properties}
 * ({@code alias = class name}). Each plugin has its own class loader, which offers from the host only the JDK, this API
 * and SLF4J.
 */
@NullMarked
package dev.sluice.api.plugin;

import org.jspecify.annotations.NullMarked;
