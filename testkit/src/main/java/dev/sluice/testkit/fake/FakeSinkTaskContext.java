package dev.sluice.testkit.fake;

import dev.sluice.api.connector.SinkTaskContext;
import dev.sluice.api.record.TopicPartition;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A sink task's context that records what the task asks for. */
public final class FakeSinkTaskContext extends FakeTaskContext implements SinkTaskContext {
    private final Set<TopicPartition> assignment = ConcurrentHashMap.newKeySet();
    private final Set<TopicPartition> paused = ConcurrentHashMap.newKeySet();
    private final Map<TopicPartition, Long> seeks = new ConcurrentHashMap<>();
    private final List<Duration> retryPauses = new CopyOnWriteArrayList<>();
    private final AtomicInteger commitRequests = new AtomicInteger();

    /** Creates the context of a first run, without partitions. */
    public FakeSinkTaskContext() {
        this(1);
    }

    private FakeSinkTaskContext(long taskEpoch) {
        super(taskEpoch);
    }

    /** Returns the context of the task's next run: without partitions, with a greater epoch. */
    public FakeSinkTaskContext restarted() {
        return new FakeSinkTaskContext(taskEpoch() + 1);
    }

    /** Adds partitions to the assignment; the harness does so before {@code open}. */
    public void assign(Collection<TopicPartition> partitions) {
        assignment.addAll(partitions);
    }

    /** Takes partitions away, with what was asked for them; the harness does so after {@code close}. */
    public void revoke(Collection<TopicPartition> partitions) {
        assignment.removeAll(partitions);
        paused.removeAll(partitions);
        seeks.keySet().removeAll(partitions);
    }

    @Override
    public Set<TopicPartition> assignment() {
        return Set.copyOf(assignment);
    }

    /** Records the offsets. @throws IllegalStateException if a partition is not assigned, as in the runtime */
    @Override
    public void seek(Map<TopicPartition, Long> offsets) {
        requireAssigned("seek", offsets.keySet());
        seeks.putAll(offsets);
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        requireAssigned("pause", partitions);
        paused.addAll(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        requireAssigned("resume", partitions);
        paused.removeAll(partitions);
    }

    @Override
    public void retryAfter(Duration pause) {
        retryPauses.add(pause);
    }

    @Override
    public void requestCommit() {
        commitRequests.incrementAndGet();
    }

    /** Returns the newest offsets that the task wants to continue at, and forgets them. */
    public Map<TopicPartition, Long> takeSeeks() {
        Map<TopicPartition, Long> taken = new LinkedHashMap<>(seeks);
        taken.forEach(seeks::remove);
        return taken;
    }

    /** Returns the partitions that are paused now. */
    public Set<TopicPartition> paused() {
        return Set.copyOf(paused);
    }

    /** Returns the pauses that the task chose before another try, in order. */
    public List<Duration> retryPauses() {
        return List.copyOf(retryPauses);
    }

    /** Returns how often the task asked for a commit. */
    public int commitRequestCount() {
        return commitRequests.get();
    }

    private void requireAssigned(String what, Collection<TopicPartition> partitions) {
        if (!assignment.containsAll(partitions)) {
            throw new IllegalStateException("Cannot " + what + " partitions " + partitions + ": assigned are "
                    + assignment + ". Use only partitions that were opened.");
        }
    }
}
