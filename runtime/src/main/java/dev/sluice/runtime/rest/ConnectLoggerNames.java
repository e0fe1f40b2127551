package dev.sluice.runtime.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where the loggers of Kafka Connect, whose names people know and set, have their like here. */
final class ConnectLoggerNames {
    /** By the beginning of a name; the first that fits counts, so the narrower ones come first. */
    private static final Map<String, String> OWN = new LinkedHashMap<>();

    static {
        OWN.put("org.apache.kafka.connect.runtime.rest", "dev.sluice.runtime.rest");
        OWN.put("org.apache.kafka.connect.runtime.isolation", "dev.sluice.runtime.plugin");
        OWN.put("org.apache.kafka.connect.runtime.distributed", "dev.sluice.runtime.control");
        OWN.put("org.apache.kafka.connect.runtime.standalone", "dev.sluice.runtime.control");
        OWN.put("org.apache.kafka.connect.runtime.AbstractHerder", "dev.sluice.runtime.control");
        OWN.put("org.apache.kafka.connect.runtime.Worker", "dev.sluice.runtime.control");
        OWN.put("org.apache.kafka.connect.runtime.WorkerTask", "dev.sluice.runtime.task");
        OWN.put("org.apache.kafka.connect.runtime.WorkerSinkTask", "dev.sluice.runtime.task");
        OWN.put("org.apache.kafka.connect.runtime.WorkerSourceTask", "dev.sluice.runtime.task");
        OWN.put("org.apache.kafka.connect.runtime.AbstractWorkerSourceTask", "dev.sluice.runtime.task");
        OWN.put("org.apache.kafka.connect.runtime.ExactlyOnceWorkerSourceTask", "dev.sluice.runtime.task");
        OWN.put("org.apache.kafka.connect.runtime.errors", "dev.sluice.runtime.task");
        OWN.put("org.apache.kafka.connect.runtime", "dev.sluice.runtime");
        OWN.put("org.apache.kafka.connect.storage", "dev.sluice.runtime.store");
        OWN.put("org.apache.kafka.connect.transforms", "dev.sluice.plugin.standard");
        OWN.put("org.apache.kafka.connect.converters", "dev.sluice.plugin.standard");
        OWN.put("org.apache.kafka.connect.json", "dev.sluice.plugin.standard");
        OWN.put("org.apache.kafka.connect.file", "dev.sluice.connector.file");
        OWN.put("org.apache.kafka.connect", "dev.sluice.runtime");
    }

    private ConnectLoggerNames() {}

    /** Returns the logger here that does what one of Kafka Connect does; empty for all other names. */
    static Optional<String> own(String name) {
        return OWN.entrySet().stream()
                .filter(entry -> name.equals(entry.getKey()) || name.startsWith(entry.getKey() + "."))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
