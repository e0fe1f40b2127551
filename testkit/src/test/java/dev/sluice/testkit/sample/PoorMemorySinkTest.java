package dev.sluice.testkit.sample;

import dev.sluice.testkit.behaviour.SinkAbility;
import java.util.Set;

/** A sink without any ability passes the suite, because it refuses well. */
class PoorMemorySinkTest extends MemorySinkTest {
    @Override
    protected Set<SinkAbility> abilities() {
        return Set.of();
    }
}
