package dev.sluice.api.record;

import dev.sluice.api.data.SchemaAndValue;

/**
 * One header of a record.
 *
 * @param key the header's name; several headers of a record may share it
 * @param value the header's value
 */
public record Header(String key, SchemaAndValue value) {}
