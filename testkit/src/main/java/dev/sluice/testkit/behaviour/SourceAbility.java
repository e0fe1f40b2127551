package dev.sluice.testkit.behaviour;

/** What a source connector can do. An ability that is switched off is tested to be refused well. */
public enum SourceAbility {
    /**
     * A new task continues exactly after a stored offset, and without one reads from the start. Off: it then supports
     * neither exactly-once delivery nor altered offsets.
     */
    RESUMES,
    /**
     * Two runs may read at once, each from its own place. Off: the outside has one reader at a time, and another run is asked
     * to try again.
     */
    SHARES,
    /** A running task delivers what is written later. Off: after the end of its input, polls stay empty. */
    FOLLOWS,
    /** The work is divided among several tasks. Off: there is one task at most, whatever the limit. */
    SPLITS,
    /** Any Unicode text without line breaks comes through. Off: such text is refused with a {@code DataException}. */
    NON_ASCII,
    /** Users may alter offsets; nonsense is refused in words. Off: altering is declined or refused. */
    ALTERS_OFFSETS,
    /** Each record can be delivered exactly once. Off: the connector does not claim so. */
    EXACTLY_ONCE
}
