package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.connection.FailureKind;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures the changes of a database: first the tables as they are, then the stream. One {@link Capture} is one run on one pair of
 * connections; when they fail, it is thrown away, and the next poll begins another one behind the last record that was
 * handed out.
 */
public final class CdcTask implements SourceTask {
    private static final Logger LOG = LoggerFactory.getLogger(CdcTask.class);

    private final CdcConfig config;
    private final CdcScope scope;
    private final Clock clock;
    private @Nullable SourceTaskContext context;
    private @Nullable Capture capture;
    private @Nullable CdcPosition reached;

    /**
     * Makes a task that is not started.
     *
     * @param config how to capture
     * @param scope what to capture
     */
    public CdcTask(CdcConfig config, CdcScope scope) {
        this(config, scope, Clock.systemUTC());
    }

    CdcTask(CdcConfig config, CdcScope scope, Clock clock) {
        this.config = config;
        this.scope = scope;
        this.clock = clock;
    }

    @Override
    public void start(SourceTaskContext given, Config ignored) {
        context = given;
        reached = stored(given);
    }

    private @Nullable CdcPosition stored(SourceTaskContext given) {
        Map<String, @Nullable Object> offset = given.offsets().offset(CdcPosition.partition(config.slot()));
        return offset == null ? null : CdcPosition.of(offset);
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        try {
            Capture running = running();
            List<SourceRecord> records = running.poll();
            reached = running.reached();
            return records;
        } catch (SQLException failed) {
            endCapture();
            if (Thread.interrupted()) { // The driver tells of an interruption by a failure like any other.
                throw interrupted(failed);
            }
            throw failure(failed);
        } catch (CatalogFailedException failed) {
            endCapture();
            throw failure(failed.reason());
        } catch (RuntimeException | InterruptedException failed) {
            endCapture();
            throw failed;
        }
    }

    private static InterruptedException interrupted(SQLException failed) {
        InterruptedException interrupted = new InterruptedException("asked to end while the driver worked");
        Throwable same = interrupted.initCause(failed);
        assert same == interrupted;
        return interrupted;
    }

    private Capture running() throws SQLException {
        SourceTaskContext started = context;
        if (started == null) {
            throw new IllegalStateException("a poll before the start");
        }
        Capture running = capture;
        if (running == null) {
            reached = LateTables.certain(reached, stored(started));
            running = Capture.open(config, scope, started, clock, reached);
            capture = running;
        }
        return running;
    }

    private ConnectorException failure(SQLException failed) {
        String what = "Cannot capture changes of " + scope.connection().shownUrl() + " by slot " + config.slot();
        return FailureKind.ofState(failed).exception(what, failed);
    }

    /** Only what is stored is told to the server: invariant 1. */
    @Override
    public void commit(List<SourcePosition> stored) {
        Capture running = capture;
        Map<String, @Nullable Object> own = CdcPosition.partition(config.slot());
        for (SourcePosition position : stored) {
            if (running != null && position.partition().equals(own)) {
                running.onStored(CdcPosition.of(position.offset()));
            }
        }
    }

    private void endCapture() {
        Capture running = capture;
        capture = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public void stop() {
        Capture running = capture;
        endCapture();
        if (config.dropsSlot() && running != null) {
            try {
                Capture.dropSlot(config, scope);
            } catch (SQLException failed) {
                LOG.atWarn()
                        .addKeyValue("slot", config.slot())
                        .log(
                                "cannot drop the slot, which holds the server's log until somebody does: {}",
                                failed.getMessage());
            }
        }
    }
}
