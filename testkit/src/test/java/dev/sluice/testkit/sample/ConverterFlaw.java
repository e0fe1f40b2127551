package dev.sluice.testkit.sample;

import java.util.Set;

/** A way to break the contract of converters, with the tests that must notice. */
enum ConverterFlaw {
    NONE,
    NULL_IS_EMPTY("keepsNullNull"),
    MANGLES_TEXT("decodesWhatItEncoded", "encodesEachTypeItTakesAndRefusesTheOthers"),
    FORGETS_THE_SCHEMA("decodesWhatItEncoded"),
    WRITES_ANYTHING_AS_TEXT(
            "encodesEachTypeItTakesAndRefusesTheOthers",
            "encodesEachLogicalTypeItTakesAndRefusesTheOthers",
            "takesOrRefusesDataWithoutSchema"),
    READS_FOREIGN_BYTES("refusesForeignBytesIfItSaysSo"),
    NO_MEDIA_TYPE("namesAMediaTypeIfItSaysSo"),
    CHANGES_PASSING_BYTES("passesBytesOfItsMediaTypeThrough");

    @SuppressWarnings("ImmutableEnumChecker") // Made by Set.of.
    private final Set<String> noticedBy;

    ConverterFlaw(String... noticedBy) {
        this.noticedBy = Set.of(noticedBy);
    }

    Set<String> noticedBy() {
        return noticedBy;
    }
}
