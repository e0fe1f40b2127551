package dev.sluice.runtime.metrics;

import java.util.List;

/** The worker under the name that Kafka's programs have among their likes. */
record AppSubject(WorkerFacts facts) implements Subject {
    @Override
    public List<String> labels() {
        return List.of(facts.workerId());
    }
}
