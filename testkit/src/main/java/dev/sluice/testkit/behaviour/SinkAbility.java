package dev.sluice.testkit.behaviour;

/** What a sink connector can do. An ability that is switched off is tested to be refused well. */
public enum SinkAbility {
    /** A batch that comes twice leaves no doubles outside. Off: it may, but whole, in order, and nothing is lost. */
    REPEATS_HARMLESS,
    /** Null values are taken. Off: they are refused with a {@code DataException} or reported, not dropped in silence. */
    NULL_VALUES,
    /** A null value removes what was written for its key. Off: it removes nothing. */
    DELETES,
    /** Any Unicode text without line breaks is written. Off: it is refused with a {@code DataException} or reported. */
    NON_ASCII,
    /** The task implements {@code RendersWrites}. Off: it does not. */
    RENDERS,
    /** Several tasks may write at once. Off: there is one task at most, whatever the limit. */
    SPLITS,
    /** Users may alter offsets; nonsense is refused in words. Off: altering is declined or refused. */
    ALTERS_OFFSETS
}
