package dev.sluice.testkit.sample;

import java.util.Set;

/** A way to break the contract of sinks, with the tests that must notice. */
enum SinkFlaw {
    NONE,
    CLAIMS_BEFORE_WRITING("hasOutsideWhatAFlushClaims", "goesOnInTheNextRun"),
    CLAIMS_MORE_THAN_GIVEN("writesInOrder", "hasOutsideWhatAFlushClaims"),
    CLAIMS_WHAT_BROKE("claimsNothingThatABrokenOutsideDidNotTake"),
    DROPS_THE_BATCH_THAT_FAILED("claimsNothingThatABrokenOutsideDidNotTake"),
    REVERSES_BATCHES("writesInOrder", "writesABigBatch"),
    CUTS_BIG_BATCHES("writesABigBatch"),
    DOUBLES("takesTheSameBatchAgain"),
    MANGLES_TEXT("writesInOrder", "takesOrRefusesNonAsciiText"),
    WRITES_NULLS_AS_TEXT("takesOrRefusesNullValues", "deletesIfItSaysSo"),
    IGNORES_DELETES("deletesIfItSaysSo"),
    STARTS_ANEW("goesOnInTheNextRun", "losesNothingWhenStoppedWithoutFlush"),
    FORGETS_NEW_PARTITIONS("writesPartitionsThatComeAndGo"),
    FAILS_ON_EMPTY_BATCHES("takesAnEmptyBatch"),
    CLAIMS_UNKNOWN_PARTITIONS("claimsNothingForPartitionsItDoesNotKnow"),
    RENDERING_WRITES("showsWhatItWouldWriteIfItSaysSo"),
    RENDERS_SOMETHING_ELSE("showsWhatItWouldWriteIfItSaysSo"),
    ACCEPTS_ANY_OFFSET("acceptsAlteredOffsetsIfItSaysSo"),
    CANNOT_STOP_UNSTARTED("stopsATaskThatNeverStarted"),
    ONE_TASK_ONLY("writesFromTwoTasksAtOnce");

    @SuppressWarnings("ImmutableEnumChecker") // Made by Set.of.
    private final Set<String> noticedBy;

    SinkFlaw(String... noticedBy) {
        this.noticedBy = Set.of(noticedBy);
    }

    Set<String> noticedBy() {
        return noticedBy;
    }
}
