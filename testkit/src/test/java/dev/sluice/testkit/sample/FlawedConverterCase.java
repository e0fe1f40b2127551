package dev.sluice.testkit.sample;

import dev.sluice.api.convert.Converter;

/** The suite on a converter with a flaw; run by {@link FlawedConvertersTest} only. */
class FlawedConverterCase extends MarkedTextConverterTest {
    /** The flaw of the run that is going on; set before it by the thread that runs it. */
    static ConverterFlaw flaw = ConverterFlaw.NONE;

    @Override
    protected Converter newPlugin() {
        return new MarkedTextConverter(flaw);
    }
}
