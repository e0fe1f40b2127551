package dev.sluice.api.convert;

/** Which part of a record a converter instance serves. */
public enum ConverterRole {
    /** The record's key. */
    KEY,
    /** The record's value. */
    VALUE,
    /** The values of the record's headers. */
    HEADER
}
