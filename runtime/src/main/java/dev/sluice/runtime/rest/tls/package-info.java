/**
 * Keys and certificates of REST listeners, read by Kafka Connect's settings.
 *
 * <p>Main type: {@link dev.sluice.runtime.rest.tls.Tls}, which Vert.x asks for keys at each handshake. Loading and reloading
 * read files and belong to threads that may; the rest is for any thread.
 */
@NullMarked
package dev.sluice.runtime.rest.tls;

import org.jspecify.annotations.NullMarked;
