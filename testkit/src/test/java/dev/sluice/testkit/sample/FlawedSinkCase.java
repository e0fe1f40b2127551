package dev.sluice.testkit.sample;

import dev.sluice.api.connector.SinkConnector;
import java.time.Duration;

/** The suite on a sink with a flaw; run by {@link FlawedSinksTest} only. */
class FlawedSinkCase extends MemorySinkTest {
    /** The flaw of the run that is going on; set before it by the thread that runs it. */
    static SinkFlaw flaw = SinkFlaw.NONE;

    @Override
    protected SinkConnector newPlugin() {
        return new MemorySinkConnector(abilities(), flaw);
    }

    /** Less than usual, because here it is what is expected that does not come. */
    @Override
    protected Duration patience() {
        return Duration.ofSeconds(1);
    }
}
