package dev.sluice.testkit.sample;

import dev.sluice.api.connector.SourceConnector;
import java.time.Duration;

/** The suite on a source with a flaw; run by {@link FlawedSourcesTest} only. */
class FlawedSourceCase extends MemorySourceTest {
    /** The flaw of the run that is going on; set before it by the thread that runs it. */
    static SourceFlaw flaw = SourceFlaw.NONE;

    @Override
    protected SourceConnector newPlugin() {
        return new MemorySourceConnector(abilities(), flaw);
    }

    /** Less than usual, because here it is what is expected that does not come. */
    @Override
    protected Duration patience() {
        return Duration.ofSeconds(1);
    }
}
