package dev.sluice.runtime.task;

import dev.sluice.runtime.store.ActiveTopics;
import java.util.HashSet;
import java.util.Set;

/** Notes the topics that one task uses, each once: a look into a small set per batch is all that it costs. Task thread. */
final class TopicTracking {
    private final ActiveTopics topics;
    private final TaskId id;
    private final Set<String> noted = new HashSet<>();
    private long resets;

    TopicTracking(ActiveTopics topics, TaskId id) {
        this.topics = topics;
        this.id = id;
        this.resets = topics.resets();
    }

    /** A batch goes to, or came from, a topic. */
    void onUsed(String topic) {
        long now = topics.resets();
        if (now != resets) {
            resets = now;
            noted.clear();
        }
        if (noted.add(topic)) {
            topics.onUsed(id.connector(), id.index(), topic);
        }
    }
}
