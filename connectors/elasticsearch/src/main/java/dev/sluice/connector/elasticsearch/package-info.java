/**
 * Source and sink connectors for Elasticsearch and OpenSearch, which take the settings of the sinks that people know from Kafka
 * Connect.
 *
 * <p>Packages, each may use those to its right: {@code source}, {@code sink} → {@code document} → {@code bulk} → {@code client} →
 * {@code tls}. {@code document} turns a record into a {@link dev.sluice.connector.elasticsearch.bulk.BulkItem} and sends no bulk requests; {@code bulk} carries such lines
 * to the cluster and knows nothing of records; {@code sink} joins the two. All objects belong to the thread of their task or connector
 * unless they say otherwise.
 */
@NullMarked
package dev.sluice.connector.elasticsearch;

import org.jspecify.annotations.NullMarked;
