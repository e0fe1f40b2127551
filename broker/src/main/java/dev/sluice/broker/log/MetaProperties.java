package dev.sluice.broker.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code meta.properties}, version 1 of Kafka's format, which a Kafka server needs to take the directory over.
 *
 * @param clusterId drawn at the first start
 */
record MetaProperties(String clusterId) {
    private static final Logger LOG = LoggerFactory.getLogger(MetaProperties.class);

    /** Reads the file, or makes it where it is missing or damaged. */
    static MetaProperties load(Path directory, int nodeId) throws IOException {
        Path file = directory.resolve("meta.properties");
        Map<String, String> found = Files.exists(file) ? read(file) : Map.of();
        String clusterId = found.getOrDefault("cluster.id", "");
        if (!clusterId.isEmpty()) {
            return new MetaProperties(clusterId);
        }
        if (Files.exists(file)) {
            LOG.atWarn().addKeyValue("file", file).log("the file names no cluster.id; it is written anew");
        }
        String drawn = Uuid.randomUuid().toString();
        SafeFile.write(
                file,
                "version=1\ncluster.id=" + drawn + "\nnode.id=" + nodeId + "\ndirectory.id=" + Uuid.randomUuid()
                        + "\n");
        return new MetaProperties(drawn);
    }

    private static Map<String, String> read(Path file) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                .lines()
                .toList()) {
            int split = line.indexOf('=');
            if (split > 0 && !line.startsWith("#")) {
                values.put(
                        line.substring(0, split).strip(),
                        line.substring(split + 1).strip());
            }
        }
        return values;
    }
}
