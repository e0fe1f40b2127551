package dev.sluice.connector.jdbc;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigValidation;
import dev.sluice.api.connector.ExactlyOnceSupport;
import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.SourceConnectorContext;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.connector.jdbc.cdc.CdcCheck;
import dev.sluice.connector.jdbc.cdc.CdcConfig;
import dev.sluice.connector.jdbc.cdc.CdcOffsets;
import dev.sluice.connector.jdbc.connection.ConnectionConfig;
import dev.sluice.connector.jdbc.source.OffsetCheck;
import dev.sluice.connector.jdbc.source.SharedSettings;
import dev.sluice.connector.jdbc.source.SourceKeys;
import dev.sluice.connector.jdbc.source.TablePlanner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads tables, or the result of a query, into topics: one topic for each table. */
public final class JdbcSourceConnector implements SourceConnector {
    private static final ConfigSpec SPEC = SourceKeys.SPEC.plus(CdcConfig.SPEC);

    private @Nullable TablePlanner planner;
    private @Nullable Config capture;

    /** Creates a connector that is not started. */
    public JdbcSourceConnector() {}

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public ConfigValidation validate(Map<String, String> settings, ValidationProbe probe) {
        ConfigValidation validation = configSpec()
                .openPrefix("")
                .validate(new HashMap<>(settings))
                .withProblems(ConnectionConfig.driverProblems(settings));
        if (validation.errorCount() > 0 || !probe.mayConnect()) {
            return validation;
        }
        Config config = configSpec().openPrefix("").parse(new HashMap<>(settings));
        return validation.withProblems(
                SharedSettings.isCapture(config)
                        ? CdcCheck.problems(CdcConfig.of(config), Captures.scope(config))
                        : TablePlanner.probe(config, probe.timeout()));
    }

    @Override
    public void start(SourceConnectorContext context, Config config) {
        if (SharedSettings.isCapture(config)) {
            capture = config;
            return;
        }
        TablePlanner started = new TablePlanner(context, config);
        planner = started;
        started.start();
    }

    @Override
    public List<Map<String, String>> taskConfigs(int tasksMax) {
        Config captured = capture;
        if (captured != null) {
            // The log is one, and so is the slot: there is nothing to divide.
            return List.of(captured.originals());
        }
        TablePlanner started = planner;
        if (started == null) {
            throw new IllegalStateException("taskConfigs must follow start, but this connector was not started.");
        }
        return started.taskConfigs(tasksMax);
    }

    @Override
    public SourceTask createTask() {
        return new JdbcSourceTask();
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Config config) {
        boolean isExact = SharedSettings.isCapture(config)
                ? CdcConfig.of(config).isExactlyOnce()
                : TablePlanner.isExactlyOnce(config);
        return isExact ? ExactlyOnceSupport.SUPPORTED : ExactlyOnceSupport.UNSUPPORTED;
    }

    @Override
    public boolean alterOffsets(
            Map<String, String> settings,
            Map<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> offsets) {
        offsets.forEach((partition, offset) -> {
            if (CdcOffsets.isSlot(partition)) {
                CdcOffsets.requireUsable(partition, offset);
            } else {
                OffsetCheck.check(partition, offset);
            }
        });
        return true;
    }

    @Override
    public void stop() {
        TablePlanner started = planner;
        planner = null;
        capture = null;
        if (started != null) {
            started.close();
        }
    }
}
