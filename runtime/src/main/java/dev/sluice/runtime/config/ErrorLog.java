package dev.sluice.runtime.config;

/** Says what is logged of a record that was left out or sent to the dead letters. */
public enum ErrorLog {
    /** Nothing. */
    OFF,
    /** Where it stands, and what was wrong. */
    PLACE,
    /** More of it: the timestamp of a sink's record, key and value of a source's. */
    CONTENTS
}
