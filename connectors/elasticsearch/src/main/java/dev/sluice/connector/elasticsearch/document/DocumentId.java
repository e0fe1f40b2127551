package dev.sluice.connector.elasticsearch.document;

/**
 * Which document an operation touches.
 *
 * @param index the index, alias or data stream that it is written to
 * @param id the document's id
 */
record DocumentId(String index, String id) {}
