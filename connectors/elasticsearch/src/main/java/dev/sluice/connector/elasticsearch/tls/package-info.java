/** How a connection is encrypted and whom it trusts: settings in, a TLS context out. Knows nothing of clusters. Callable from any thread. */
@NullMarked
package dev.sluice.connector.elasticsearch.tls;

import org.jspecify.annotations.NullMarked;
