package dev.sluice.testkit.behaviour;

/** What a transformation can do. An ability that is switched off is tested to be refused well. */
public enum TransformationAbility {
    /** Takes records whose value is null. Off: they are refused with a {@code DataException}. */
    NULL_VALUES,
    /** Takes records whose key is null. Off: they are refused with a {@code DataException}. */
    NULL_KEYS
}
