package dev.sluice.runtime.validate;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.connector.ExactlyOnceSupport;
import dev.sluice.api.connector.SourceConnector;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.config.TransactionBoundary;
import java.util.ArrayList;
import java.util.List;

/** What a source must be able to do for the delivery that its settings ask for. */
final class ExactlyOnceCheck {
    private ExactlyOnceCheck() {}

    /** Returns what is wrong. Calls the plugin. */
    static List<ConfigProblem> problems(ConnectorConfig settings, SourceConnector connector, Config config) {
        List<ConfigProblem> problems = new ArrayList<>();
        if (settings.requiresExactlyOnce()) {
            checkRequirement(settings, connector, config, problems);
        }
        boolean byConnector = settings.transactions()
                .filter(transactions -> transactions.boundary() == TransactionBoundary.CONNECTOR)
                .isPresent();
        if (byConnector && !connector.canDefineTransactionBoundaries(config)) {
            problems.add(ConfigProblem.error(
                    "transaction.boundary",
                    "Cannot use transaction.boundary=connector: " + settings.connectorClass()
                            + " does not define transactions with these settings.",
                    "Use poll or interval."));
        }
        return problems;
    }

    private static void checkRequirement(
            ConnectorConfig settings, SourceConnector connector, Config config, List<ConfigProblem> problems) {
        if (settings.transactions().isEmpty()) {
            problems.add(required(
                    "this worker delivers at least once.",
                    "Set exactly.once.source.support=enabled in the worker file, or exactly.once.support=requested."));
        }
        ExactlyOnceSupport support = connector.exactlyOnceSupport(config);
        if (support != ExactlyOnceSupport.SUPPORTED) {
            String why = support == ExactlyOnceSupport.UNSUPPORTED
                    ? " cannot repeat exactly what it read with these settings."
                    : " does not say whether it repeats exactly what it read.";
            problems.add(required(
                    settings.connectorClass() + why, "Set exactly.once.support=requested to run it all the same."));
        }
    }

    private static ConfigProblem required(String why, String fix) {
        return ConfigProblem.error("exactly.once.support", "Cannot promise exactly.once.support=required: " + why, fix);
    }
}
