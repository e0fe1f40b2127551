package dev.sluice.testkit.sample;

import dev.sluice.testkit.behaviour.SourceAbility;
import java.util.Set;

/** A source without any ability passes the suite, because it refuses well. */
class PoorMemorySourceTest extends MemorySourceTest {
    @Override
    protected Set<SourceAbility> abilities() {
        return Set.of();
    }
}
