package dev.sluice.testkit.fake;

import dev.sluice.api.connector.SinkConnectorContext;
import dev.sluice.api.connector.SourceConnectorContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The context of a connector of either kind; counts what the connector asks for. */
public final class FakeConnectorContext implements SourceConnectorContext, SinkConnectorContext {
    private final FakeOffsets offsets;
    private final FakeMetrics metrics = new FakeMetrics();
    private final List<Exception> errors = new CopyOnWriteArrayList<>();
    private final AtomicInteger reconfigurationRequests = new AtomicInteger();

    /** Creates the context of a connector without stored offsets. */
    public FakeConnectorContext() {
        this(new FakeOffsets());
    }

    /** Creates the context of a source connector that finds these offsets. */
    public FakeConnectorContext(FakeOffsets offsets) {
        this.offsets = offsets;
    }

    @Override
    public String connectorName() {
        return "testing";
    }

    @Override
    public void requestTaskReconfiguration() {
        reconfigurationRequests.incrementAndGet();
    }

    @Override
    public void raiseError(Exception failure) {
        errors.add(failure);
    }

    @Override
    public FakeMetrics metrics() {
        return metrics;
    }

    @Override
    public FakeOffsets offsets() {
        return offsets;
    }

    /** Returns how often the connector asked for new task settings. */
    public int reconfigurationRequestCount() {
        return reconfigurationRequests.get();
    }

    /** Returns the failures that the connector raised, in order. */
    public List<Exception> errors() {
        return List.copyOf(errors);
    }
}
