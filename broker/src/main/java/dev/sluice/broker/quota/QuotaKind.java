package dev.sluice.broker.quota;

import java.util.Arrays;
import java.util.Optional;

/** What is limited. */
public enum QuotaKind {
    /** Bytes of produce requests in a second. */
    PRODUCE("producer_byte_rate"),
    /** Bytes of fetched records in a second. */
    FETCH("consumer_byte_rate");

    private final String key;

    QuotaKind(String key) {
        this.key = key;
    }

    /** Returns Kafka's name. */
    public String key() {
        return key;
    }

    /**
     * Finds a kind.
     *
     * @param key Kafka's name
     * @return the kind; empty where there is none of this name here
     */
    public static Optional<QuotaKind> of(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key.equals(key)).findFirst();
    }
}
