package dev.sluice.testkit.behaviour;

/** What a converter can do. An ability that is switched off is tested to be refused well. */
public enum ConverterAbility {
    /** Takes data without a schema. Off: it is refused with a {@code DataException}. */
    SCHEMALESS,
    /** Refuses bytes of another format with a {@code DataException}. Off: any bytes are data. */
    REFUSES_FOREIGN_BYTES,
    /** Names a media type, so that bytes may travel undecoded. Off: it names none. */
    MEDIA_TYPE
}
