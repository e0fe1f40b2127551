package dev.sluice.broker.topic;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.log.LogConfigs;
import dev.sluice.broker.log.LogDirectory;
import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.log.PartitionLogs;
import dev.sluice.broker.log.SerialThread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of the broker. Looking is possible from any thread and never blocks; changes run one after another on the
 * thread {@code topics} and complete there: hop before doing work. A change is on disk when its future completes, and a
 * crash at any point of it leaves the state before or after.
 */
public final class TopicCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(TopicCatalog.class);

    private final PartitionLogs logs;
    private final LogConfigs configs;
    private final CatalogFile file;
    private final int partitionCountDefault;
    private final SerialThread thread = new SerialThread("topics");
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    /** Written by the thread {@code topics} only. */
    private volatile CatalogState state = CatalogState.EMPTY;
    /** The topics of {@link #state} by id; written with it. */
    private volatile Map<Uuid, Topic> byId = Map.of();

    private TopicCatalog(LogDirectory directory, PartitionLogs logs, LogConfigs configs, int partitionCountDefault) {
        this.logs = logs;
        this.configs = configs;
        this.partitionCountDefault = partitionCountDefault;
        file = new CatalogFile(directory.path());
    }

    /**
     * Reads the catalog and opens all partitions.
     *
     * @param directory the locked data directory
     * @param logs where to open them
     * @param configs the topic settings
     * @param partitionCountDefault partitions of a topic that does not say
     * @param internalTopics settings of topics that the broker itself needs, by name
     * @return the catalog
     */
    public static TopicCatalog open(
            LogDirectory directory,
            PartitionLogs logs,
            LogConfigs configs,
            int partitionCountDefault,
            Map<String, Map<String, String>> internalTopics) {
        TopicCatalog catalog = new TopicCatalog(directory, logs, configs, partitionCountDefault);
        await(catalog.thread.submit(() -> {
            catalog.load(internalTopics);
            return null;
        }));
        return catalog;
    }

    private void load(Map<String, Map<String, String>> internalTopics) throws IOException {
        var loaded = new CatalogLoad(file, logs.topicsOnDisk(), internalTopics).load();
        logs.beginWriting();
        loaded.state().deleted().forEach((id, name) -> logs.finishDeletion(name, id));
        show(loaded.state().withDeletionsDone());
        if (loaded.isRebuilt()) {
            file.write(state);
        }
        List<CompletableFuture<PartitionLog>> opened = new ArrayList<>();
        for (Topic topic : state.topics().values()) {
            for (TopicPartition partition : partitions(topic, 0)) {
                opened.add(logs.open(partition, topic.id(), topic.settings()));
            }
        }
        joinAll(opened);
    }

    private static List<TopicPartition> partitions(Topic topic, int from) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int number = from; number < topic.partitionCount(); number++) {
            partitions.add(new TopicPartition(topic.name(), number));
        }
        return partitions;
    }

    /** Returns all topics by name, sorted: an immutable snapshot. */
    public Map<String, Topic> all() {
        return state.topics();
    }

    /**
     * Finds a topic by name.
     *
     * @param name the name
     * @return the topic, or empty
     */
    public Optional<Topic> find(String name) {
        return Optional.ofNullable(state.topics().get(name));
    }

    /**
     * Finds a topic by id.
     *
     * @param id the id
     * @return the topic, or empty
     */
    public Optional<Topic> find(Uuid id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns who may log in: an immutable snapshot. */
    public Users users() {
        return state.users();
    }

    /**
     * Changes who may log in.
     *
     * @param change gives the users as they shall be; runs on the thread {@code topics}
     * @return the users as they are then, when that is on disk
     */
    public CompletableFuture<Users> alterUsers(UnaryOperator<Users> change) {
        return thread.submit(() -> {
            Users changed = change.apply(state.users());
            if (!changed.equals(state.users())) {
                write(state.with(changed));
                state = state.with(changed);
            }
            return changed;
        });
    }

    /**
     * Calls back after each change, when {@link #all} shows it. Runs on the thread {@code topics}: only set a flag or post
     * a step, never block.
     *
     * @param listener what to call
     */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void show(CatalogState next) {
        state = next;
        byId = next.topics().values().stream().collect(Collectors.toUnmodifiableMap(Topic::id, topic -> topic));
        listeners.forEach(Runnable::run);
    }

    /**
     * Returns all settings that hold for a topic, defaults included.
     *
     * @param topic the topic
     * @return texts by Kafka's topic key, sorted
     */
    public Map<String, String> effectiveSettings(Topic topic) {
        return configs.effective(topic.settings());
    }

    /**
     * Checks settings of a topic, without a change.
     *
     * @param name the topic, for the message
     * @param settings what it would set, under Kafka's topic keys
     * @throws BrokerException.InvalidTopic naming every bad key
     */
    public void checkSettings(String name, Map<String, String> settings) {
        configs.check(name, settings);
    }

    /**
     * Creates a topic.
     *
     * @param wanted name, partitions and settings
     * @return the topic; fails with {@link BrokerException.TopicExists} or {@link BrokerException.InvalidTopic}
     */
    public CompletableFuture<Topic> create(NewTopic wanted) {
        return thread.submit(() -> {
            if (state.topics().containsKey(wanted.name())) {
                throw new BrokerException.TopicExists("Cannot create topic '" + wanted.name()
                        + "': it is there already. Choose another name or use it as it is.");
            }
            return createNow(wanted);
        });
    }

    /**
     * Creates a topic unless it is there.
     *
     * @param wanted name, partitions and settings; the latter two are not compared with those of a topic that is there
     * @return the topic, new or old
     */
    public CompletableFuture<Topic> createIfMissing(NewTopic wanted) {
        Topic known = state.topics().get(wanted.name());
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        return thread.submit(() -> {
            Topic there = state.topics().get(wanted.name());
            return there == null ? createNow(wanted) : there;
        });
    }

    private Topic createNow(NewTopic wanted) {
        int partitionCount = Objects.requireNonNullElse(wanted.partitionCount(), partitionCountDefault);
        TopicRules.checkName(wanted.name(), state.topics().keySet());
        TopicRules.checkPartitionCount(wanted.name(), partitionCount);
        configs.check(wanted.name(), wanted.settings());
        Topic topic = new Topic(wanted.name(), Uuid.randomUuid(), partitionCount, wanted.settings());
        List<TopicPartition> added = partitions(topic, 0);
        checkFree(topic, added);
        CatalogState before = state;
        write(before.with(topic));
        createLogs(topic, added, before);
        show(before.with(topic));
        LOG.atInfo()
                .addKeyValue("topic", topic.name())
                .addKeyValue("partitions", topic.partitionCount())
                .addKeyValue("settings", topic.settings())
                .log("created topic");
        return topic;
    }

    private void checkFree(Topic topic, List<TopicPartition> added) {
        for (TopicPartition partition : added) {
            if (logs.hasFolder(partition)) {
                throw new BrokerException.InvalidTopic("Cannot create topic '" + topic.name() + "': a folder "
                        + partition + " of an earlier topic is in the data directory. Move it away first.");
            }
        }
    }

    /** On failure the state before is written back, so that the topic is not half there. */
    private void createLogs(Topic topic, List<TopicPartition> added, CatalogState before) {
        List<CompletableFuture<PartitionLog>> created = new ArrayList<>();
        added.forEach(partition -> created.add(logs.create(partition, topic.id(), topic.settings())));
        try {
            joinAll(created);
        } catch (RuntimeException e) {
            added.forEach(partition -> await(logs.delete(partition).exceptionally(failure -> null)));
            restore(before);
            throw e;
        }
    }

    /**
     * Adds partitions to a topic.
     *
     * @param name the topic
     * @param partitionCount how many it shall have, more than it has
     * @return the changed topic
     */
    public CompletableFuture<Topic> growTo(String name, int partitionCount) {
        return thread.submit(() -> {
            Topic topic = get(name, "add partitions to");
            TopicRules.checkGrowth(topic, partitionCount);
            Topic grown = topic.withPartitionCount(partitionCount);
            List<TopicPartition> added = partitions(grown, topic.partitionCount());
            checkFree(grown, added);
            CatalogState before = state;
            write(before.with(grown));
            createLogs(grown, added, before);
            show(before.with(grown));
            LOG.atInfo()
                    .addKeyValue("topic", name)
                    .addKeyValue("partitions", partitionCount)
                    .log("added partitions");
            return grown;
        });
    }

    /**
     * Changes settings of a topic.
     *
     * @param name the topic
     * @param changes new texts by Kafka's topic key; null goes back to the default
     * @return the changed topic
     */
    public CompletableFuture<Topic> alterSettings(String name, Map<String, @Nullable String> changes) {
        Map<String, @Nullable String> wanted = new HashMap<>(changes);
        return thread.submit(() -> {
            Topic topic = get(name, "change");
            Map<String, String> settings = new HashMap<>(topic.settings());
            wanted.forEach((key, value) -> {
                if (value == null) {
                    settings.remove(key);
                } else {
                    settings.put(key, value);
                }
            });
            configs.check(name, settings);
            Topic changed = topic.withSettings(settings);
            write(state.with(changed));
            show(state.with(changed));
            partitions(changed, 0).forEach(partition -> logs.reconfigure(partition, settings));
            LOG.atInfo()
                    .addKeyValue("topic", name)
                    .addKeyValue("settings", settings)
                    .log("changed topic");
            return changed;
        });
    }

    /**
     * Deletes a topic with all its records. Reads and appends under way end with
     * {@link BrokerException.UnknownPartition}.
     *
     * @param name the topic
     * @return done when it is gone
     */
    public CompletableFuture<Void> delete(String name) {
        return thread.submit(() -> {
            Topic topic = get(name, "delete");
            CatalogState after = state.without(topic);
            write(after);
            show(after);
            partitions(topic, 0).forEach(partition -> await(logs.delete(partition)));
            state = after.withDeletionsDone();
            LOG.atInfo().addKeyValue("topic", name).log("deleted topic");
            return null;
        });
    }

    private Topic get(String name, String action) {
        Topic topic = state.topics().get(name);
        if (topic == null) {
            throw new BrokerException.UnknownPartition(
                    "Cannot " + action + " topic '" + name + "': there is no such topic. Create it first.");
        }
        return topic;
    }

    private void write(CatalogState next) {
        logs.checkWritable();
        restore(next);
    }

    /** Also tries where the directory has failed. */
    private void restore(CatalogState next) {
        try {
            file.write(next);
        } catch (IOException e) {
            throw logs.failed("writing the topic catalog failed", e);
        }
    }

    /** Waits for all, also where one fails. */
    private static void joinAll(List<? extends CompletableFuture<?>> futures) {
        await(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)));
    }

    private static void await(CompletableFuture<?> future) {
        try {
            var unused = future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw e;
        }
    }

    /** Ends the thread after the changes that wait. */
    public void close() {
        thread.close();
    }
}
