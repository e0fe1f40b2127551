package dev.sluice.testkit.sample;

import java.util.Set;

/** A way to break the contract of sources, with the tests that must notice. */
enum SourceFlaw {
    NONE,
    LOSES_AFTER_RESTART("resumesAfterEveryStoredOffset", "goesOnInTheNextRunWithWhatWasWrittenMeanwhile"),
    REPEATS_AFTER_RESTART("resumesAfterEveryStoredOffset", "goesOnInTheNextRunWithWhatWasWrittenMeanwhile"),
    READS_OFFSETS_AS_INT("resumesAfterEveryStoredOffset", "goesOnInTheNextRunWithWhatWasWrittenMeanwhile"),
    OFFSETS_BY_BATCH("givesEveryRecordAnOffsetOfItsOwn", "resumesAfterEveryStoredOffset"),
    OFFSETS_NO_JSON("givesOffsetsThatJsonCanHold"),
    MANGLES_TEXT("returnsWhatWasWrittenInOrder", "takesOrRefusesNonAsciiText"),
    REVERSES_BATCHES("returnsWhatWasWrittenInOrder"),
    SHARES_POSITION("letsTwoRunsGoOnAtOnce"),
    RETURNS_NULL("answersAPollSoonAndWithNothingWhenThereIsNothing"),
    DEAF("answersAPollSoonAndWithNothingWhenThereIsNothing", "returnsSoonWhenInterrupted"),
    SPINS("doesNotSpinWhenThereIsNothing"),
    LEAKS_A_THREAD("givesRecordsATopicAndAPosition"),
    CANNOT_STOP_UNSTARTED("stopsATaskThatNeverStarted"),
    TOO_MANY_TASKS("dividesIntoNoMoreTasksThanAllowed", "hasWorkForATask"),
    TASK_SETTINGS_WRONG("givesTasksSettingsThatTheyAccept"),
    NO_DOC("describesEverySetting"),
    ONE_PROBLEM_AT_A_TIME("reportsAllProblemsAtOnce"),
    TELLS_SECRETS("hidesSecrets"),
    SWALLOWS_MISSING_SETTINGS("refusesEachMissingSettingByName"),
    SWALLOWS_WRONG_TYPES("refusesEachValueOfAWrongTypeByName"),
    ACCEPTS_ANY_OFFSET("refusesAlteredOffsetsThatMakeNoSense"),
    NOT_EXACTLY_ONCE("claimsExactlyOnceDeliveryOnlyIfItSaysSo");

    @SuppressWarnings("ImmutableEnumChecker") // Made by Set.of.
    private final Set<String> noticedBy;

    SourceFlaw(String... noticedBy) {
        this.noticedBy = Set.of(noticedBy);
    }

    Set<String> noticedBy() {
        return noticedBy;
    }
}
