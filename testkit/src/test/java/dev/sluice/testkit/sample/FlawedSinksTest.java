package dev.sluice.testkit.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every flaw is found by the tests that are about it; {@link MemorySinkTest} shows that they pass without it. */
class FlawedSinksTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void noticesTheFlaw(SinkFlaw flaw) {
        FlawedSinkCase.flaw = flaw;
        assertThat(SuiteRun.failures(FlawedSinkCase.class, flaw.noticedBy())).containsOnlyKeys(flaw.noticedBy());
    }
}
