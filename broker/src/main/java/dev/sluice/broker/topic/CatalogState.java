package dev.sluice.broker.topic;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/**
 * All topics and users at one moment.
 *
 * @param topics by name, sorted
 * @param deleted topics whose folders may still be there, name by id
 * @param users who may log in
 */
record CatalogState(Map<String, Topic> topics, Map<Uuid, String> deleted, Users users) {
    static final CatalogState EMPTY = new CatalogState(Map.of(), Map.of(), Users.NONE);

    CatalogState {
        topics = Collections.unmodifiableMap(new TreeMap<>(topics));
        deleted = Map.copyOf(deleted);
    }

    CatalogState with(Topic topic) {
        Map<String, Topic> changed = new HashMap<>(topics);
        changed.put(topic.name(), topic);
        return new CatalogState(changed, deleted, users);
    }

    CatalogState without(Topic topic) {
        Map<String, Topic> changed = new HashMap<>(topics);
        changed.remove(topic.name());
        Map<Uuid, String> more = new HashMap<>(deleted);
        more.put(topic.id(), topic.name());
        return new CatalogState(changed, more, users);
    }

    CatalogState withDeletionsDone() {
        return new CatalogState(topics, Map.of(), users);
    }

    CatalogState with(Users changed) {
        return new CatalogState(topics, deleted, changed);
    }
}
