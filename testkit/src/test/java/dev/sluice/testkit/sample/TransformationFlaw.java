package dev.sluice.testkit.sample;

import java.util.Set;

/** A way to break the contract of transformations, with the tests that must notice. */
enum TransformationFlaw {
    NONE,
    CHANGES_ITS_INPUT("leavesItsInputAlone"),
    COUNTS("remembersNothingBetweenRecords"),
    MOVES_THE_POSITION("keepsWhereARecordComesFrom"),
    TREATS_SINK_RECORDS_OTHERWISE("doesTheSameToSourceAndSinkRecords"),
    TRIPS_OVER_NULL_VALUES("takesOrRefusesNullValues"),
    TRIPS_OVER_NULL_KEYS("takesOrRefusesNullKeys"),
    CANNOT_CLOSE("closesWithoutHavingBeenConfigured");

    @SuppressWarnings("ImmutableEnumChecker") // Made by Set.of.
    private final Set<String> noticedBy;

    TransformationFlaw(String... noticedBy) {
        this.noticedBy = Set.of(noticedBy);
    }

    Set<String> noticedBy() {
        return noticedBy;
    }
}
