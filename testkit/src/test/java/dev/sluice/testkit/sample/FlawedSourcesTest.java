package dev.sluice.testkit.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every flaw is found by the tests that are about it. */
class FlawedSourcesTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void noticesTheFlaw(SourceFlaw flaw) {
        FlawedSourceCase.flaw = flaw;
        assertThat(SuiteRun.failures(FlawedSourceCase.class, flaw.noticedBy()))
                .containsOnlyKeys(flaw.noticedBy());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void passesTheSameTestsWithoutTheFlaw(SourceFlaw flaw) {
        FlawedSourceCase.flaw = SourceFlaw.NONE;
        assertThat(SuiteRun.failures(FlawedSourceCase.class, flaw.noticedBy())).isEmpty();
    }
}
