package dev.sluice.connector.jdbc;

import dev.sluice.api.config.Config;
import dev.sluice.connector.jdbc.cdc.CdcScope;
import dev.sluice.connector.jdbc.source.SharedSettings;

/** Tells change data capture what the source's settings say that all modes share. */
final class Captures {
    private Captures() {}

    static CdcScope scope(Config config) {
        SharedSettings shared = SharedSettings.ofCapture(config);
        return new CdcScope(
                shared.connection(), shared.types(), shared.tables(), shared.topics(), shared.topicPrefix());
    }
}
