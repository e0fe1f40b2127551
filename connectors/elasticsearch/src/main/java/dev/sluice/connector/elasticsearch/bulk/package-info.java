/** Carries bulk items to the cluster: order per document, several requests in flight, congestion control, retries of single items. */
@NullMarked
package dev.sluice.connector.elasticsearch.bulk;

import org.jspecify.annotations.NullMarked;
