package dev.sluice.connector.elasticsearch.source;

import org.jspecify.annotations.Nullable;

/**
 * A document of a page.
 *
 * @param id its id
 * @param seqNo the sequence number of its last operation
 * @param source the document as it was stored, JSON in UTF-8; null if the index does not keep it
 * @param sort the first value that the page is sorted by: a text or a number; null if it was something else
 */
@SuppressWarnings("ArrayRecordComponent") // Goes into the record as it is; nothing compares hits.
record Hit(
        String id,
        long seqNo,
        byte @Nullable [] source,
        @Nullable Object sort) {}
