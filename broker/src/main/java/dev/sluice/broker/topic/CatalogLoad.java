package dev.sluice.broker.topic;

import dev.sluice.broker.log.FoundTopic;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides at start which topics there are, from the file and, where that is missing or damaged, from the folders. */
final class CatalogLoad {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogLoad.class);

    /** Settings of a found topic are lost: keep everything until somebody says otherwise. */
    private static final Map<String, String> KEEP_EVERYTHING =
            Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");

    private final CatalogFile file;
    private final Map<String, FoundTopic> onDisk;
    private final Map<String, Map<String, String>> internalTopics;

    CatalogLoad(CatalogFile file, Map<String, FoundTopic> onDisk, Map<String, Map<String, String>> internalTopics) {
        this.file = file;
        this.onDisk = onDisk;
        this.internalTopics = internalTopics;
    }

    /**
     * What was loaded.
     *
     * @param state the topics
     * @param isRebuilt whether it differs from the file and must be written
     */
    record Loaded(CatalogState state, boolean isRebuilt) {}

    Loaded load() {
        Optional<CatalogState> read = file.read();
        if (read.isPresent()) {
            warnOfUnknownFolders(read.get());
            return new Loaded(read.get(), false);
        }
        if (onDisk.isEmpty() && !file.exists()) {
            return new Loaded(CatalogState.EMPTY, false);
        }
        return new Loaded(rebuild(), true);
    }

    private void warnOfUnknownFolders(CatalogState state) {
        onDisk.keySet().stream()
                .filter(name ->
                        !state.topics().containsKey(name) && !state.deleted().containsValue(name))
                .forEach(name -> LOG.atWarn()
                        .addKeyValue("topic", name)
                        .log("there are folders of a topic that the catalog does not know; they are left alone"));
    }

    private CatalogState rebuild() {
        CatalogState state = file.readPrevious().orElse(CatalogState.EMPTY);
        for (Map.Entry<String, FoundTopic> found : onDisk.entrySet()) {
            state = state.with(merge(found.getKey(), found.getValue(), state));
        }
        LOG.atWarn()
                .addKeyValue("topics", state.topics().size())
                .log("the topic catalog was missing or damaged and is made anew from its last copy and the folders");
        return state;
    }

    private Topic merge(String name, FoundTopic found, CatalogState state) {
        Topic known = state.topics().get(name);
        if (known != null && (found.id().equals(Uuid.ZERO_UUID) || found.id().equals(known.id()))) {
            return known.withPartitionCount(Math.max(known.partitionCount(), found.partitionCount()));
        }
        Uuid id = found.id().equals(Uuid.ZERO_UUID) ? Uuid.randomUuid() : found.id();
        Map<String, String> settings = internalTopics.getOrDefault(name, KEEP_EVERYTHING);
        LOG.atWarn()
                .addKeyValue("topic", name)
                .addKeyValue("settings", settings)
                .log("the settings of a topic are lost; check them");
        return new Topic(name, id, found.partitionCount(), settings);
    }
}
