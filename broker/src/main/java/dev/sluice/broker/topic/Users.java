package dev.sluice.broker.topic;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.security.scram.ScramCredential;

/**
 * The users who may log in, with salted hashes of their passwords by SCRAM mechanism. Immutable. Prints names only.
 *
 * @param byName by user name, then by mechanism, sorted; no user is without one
 */
public record Users(Map<String, Map<String, ScramCredential>> byName) {
    /** Nobody. */
    public static final Users NONE = new Users(Map.of());

    public Users {
        Map<String, Map<String, ScramCredential>> copy = new TreeMap<>();
        byName.forEach((name, credentials) -> {
            if (!credentials.isEmpty()) {
                copy.put(name, Collections.unmodifiableMap(new TreeMap<>(credentials)));
            }
        });
        byName = Collections.unmodifiableMap(copy);
    }

    /** Returns the names, sorted. */
    public Set<String> names() {
        return byName.keySet();
    }

    /**
     * Returns what is kept of a user.
     *
     * @param name the user
     * @return credentials by mechanism; empty where there is no such user
     */
    public Map<String, ScramCredential> of(String name) {
        return byName.getOrDefault(name, Map.of());
    }

    /**
     * Finds a credential.
     *
     * @param name the user
     * @param mechanism such as SCRAM-SHA-256
     * @return the credential, or empty
     */
    public Optional<ScramCredential> find(String name, String mechanism) {
        return Optional.ofNullable(of(name).get(mechanism));
    }

    /** Returns these users and one credential more, or another one in its place. */
    public Users with(String name, String mechanism, ScramCredential credential) {
        Map<String, ScramCredential> credentials = new HashMap<>(of(name));
        credentials.put(mechanism, credential);
        return with(name, credentials);
    }

    /** Returns these users without one credential, and without the user if that was the last. */
    public Users without(String name, String mechanism) {
        Map<String, ScramCredential> credentials = new HashMap<>(of(name));
        credentials.remove(mechanism);
        return with(name, credentials);
    }

    private Users with(String name, Map<String, ScramCredential> credentials) {
        Map<String, Map<String, ScramCredential>> changed = new HashMap<>(byName);
        changed.put(name, credentials);
        return new Users(changed);
    }

    @Override
    public String toString() {
        return "Users" + names();
    }
}
