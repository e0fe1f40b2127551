package dev.sluice.api.connector;

/** What a running source connector may ask of the runtime. */
public interface SourceConnectorContext extends ConnectorContext {
    /** Returns the stored offsets of this connector. */
    OffsetReader offsets();
}
