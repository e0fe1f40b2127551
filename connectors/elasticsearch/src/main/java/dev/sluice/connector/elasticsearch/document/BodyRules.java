package dev.sluice.connector.elasticsearch.document;

/**
 * How values are written.
 *
 * @param compactsMaps whether maps with texts as keys are objects
 * @param replacesNull whether null becomes the default
 * @param decimals how exact decimals are written
 * @param times how times are written
 * @param notFinite what numbers become that JSON does not have
 */
record BodyRules(
        boolean compactsMaps,
        boolean replacesNull,
        MappingKeys.DecimalFormat decimals,
        MappingKeys.TimeFormat times,
        MappingKeys.NotFinite notFinite) {}
