package dev.sluice.api.plugin;

import dev.sluice.api.config.ConfigProvider;
import dev.sluice.api.connector.SinkConnector;
import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.convert.Converter;
import dev.sluice.api.convert.HeaderConverter;
import dev.sluice.api.transform.Predicate;
import dev.sluice.api.transform.Transformation;

/** The kinds of plugin, each with the interface that its service file is named after. */
public enum PluginKind {
    /** Reads from outside into topics. */
    SOURCE("source", "Connector", SourceConnector.class),
    /** Writes topics to the outside. */
    SINK("sink", "Connector", SinkConnector.class),
    /** Translates keys and values. */
    CONVERTER("converter", "Converter", Converter.class),
    /** Translates header values. */
    HEADER_CONVERTER("header_converter", "HeaderConverter", HeaderConverter.class),
    /** Changes or drops records. */
    TRANSFORMATION("transformation", "Transformation", Transformation.class),
    /** Decides about a transformation. */
    PREDICATE("predicate", "Predicate", Predicate.class),
    /** Fetches configuration values from elsewhere. */
    CONFIG_PROVIDER("configprovider", "ConfigProvider", ConfigProvider.class),
    /** Runs plugins of another API. */
    BRIDGE("bridge", "Bridge", PluginBridge.class);

    private final String word;
    private final String classSuffix;
    private final Class<?> type;

    PluginKind(String word, String classSuffix, Class<?> type) {
        this.word = word;
        this.classSuffix = classSuffix;
        this.type = type;
    }

    /** Returns the kind's name as the REST API prints it. */
    public String word() {
        return word;
    }

    /** Returns the ending of class names that a short alias leaves out. */
    public String classSuffix() {
        return classSuffix;
    }

    /** Returns the interface that plugins of this kind implement. */
    public Class<?> type() {
        return type;
    }

    /** Returns whether this is a source or a sink. */
    public boolean isConnector() {
        return this == SOURCE || this == SINK;
    }
}
