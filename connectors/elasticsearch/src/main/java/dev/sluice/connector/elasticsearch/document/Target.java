package dev.sluice.connector.elasticsearch.document;

/**
 * Where a document is written to.
 *
 * @param name the index, alias or data stream
 * @param isStream whether documents are only added
 * @param isCreated whether it is created where it is missing
 */
public record Target(String name, boolean isStream, boolean isCreated) {}
