/** A cluster over HTTP: how it is reached, what it is, and what its answers mean. Callable from any thread. */
@NullMarked
package dev.sluice.connector.elasticsearch.client;

import org.jspecify.annotations.NullMarked;
