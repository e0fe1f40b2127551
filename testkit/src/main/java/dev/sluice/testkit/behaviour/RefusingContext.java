package dev.sluice.testkit.behaviour;

import dev.sluice.api.connector.ErrantRecordReporter;
import dev.sluice.api.connector.OffsetReader;
import dev.sluice.api.connector.Progress;
import dev.sluice.api.connector.SinkTaskContext;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.connector.TransactionBoundaries;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.plugin.PluginMetrics;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.TopicPartition;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A context whose every answer is a failure, so that a start fails wherever it first needs the runtime. */
final class RefusingContext implements SourceTaskContext, SinkTaskContext {
    private static ConnectorException refused() {
        return new ConnectorException("Cannot answer the task: this test makes every question fail.");
    }

    @Override
    public OffsetReader offsets() {
        throw refused();
    }

    @Override
    public Optional<TransactionBoundaries> transaction() {
        throw refused();
    }

    @Override
    public void advance(SourcePosition position) {
        throw refused();
    }

    @Override
    public Set<TopicPartition> assignment() {
        throw refused();
    }

    @Override
    public void seek(Map<TopicPartition, Long> offsets) {
        throw refused();
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        throw refused();
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        throw refused();
    }

    @Override
    public void retryAfter(Duration pause) {
        throw refused();
    }

    @Override
    public void requestCommit() {
        throw refused();
    }

    @Override
    public String connectorName() {
        throw refused();
    }

    @Override
    public int taskIndex() {
        throw refused();
    }

    @Override
    public long taskEpoch() {
        throw refused();
    }

    @Override
    public Optional<ErrantRecordReporter> errantRecords() {
        throw refused();
    }

    @Override
    public void progress(Progress progress) {
        throw refused();
    }

    @Override
    public PluginMetrics metrics() {
        throw refused();
    }
}
