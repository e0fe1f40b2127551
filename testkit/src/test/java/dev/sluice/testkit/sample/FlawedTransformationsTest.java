package dev.sluice.testkit.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every flaw is found by the tests that are about it; {@link TaggingTransformationTest} shows that they pass without it. */
class FlawedTransformationsTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void noticesTheFlaw(TransformationFlaw flaw) {
        FlawedTransformationCase.flaw = flaw;
        assertThat(SuiteRun.failures(FlawedTransformationCase.class, flaw.noticedBy()))
                .containsOnlyKeys(flaw.noticedBy());
    }
}
