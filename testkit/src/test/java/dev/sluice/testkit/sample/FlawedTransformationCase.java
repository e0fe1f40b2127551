package dev.sluice.testkit.sample;

import dev.sluice.api.transform.Transformation;

/** The suite on a transformation with a flaw; run by {@link FlawedTransformationsTest} only. */
class FlawedTransformationCase extends TaggingTransformationTest {
    /** The flaw of the run that is going on; set before it by the thread that runs it. */
    static TransformationFlaw flaw = TransformationFlaw.NONE;

    @Override
    protected Transformation newPlugin() {
        return new TaggingTransformation(flaw);
    }
}
