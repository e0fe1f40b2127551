package dev.sluice.connector.jdbc.cdc;

import java.util.List;

/** Makes records of changes. Pure, but that an implementation may remember schemas; task thread. */
interface RecordShape {
    /** Returns the records of a change, in order; the same number for the same change, always. */
    List<Draft> records(Change change);
}
