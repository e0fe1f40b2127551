package dev.sluice.runtime.flow;

import java.util.List;
import java.util.Optional;

/** The connectors that there are, as the one who plans them knows them; asked by the monitor's thread. */
public interface FlowSubjects {
    /** Returns all connectors. */
    List<FlowSubject> all();

    /** Returns one of them; empty if there is none of that name. */
    Optional<FlowSubject> find(String name);
}
