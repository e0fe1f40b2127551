package dev.sluice.broker.quota;

import static org.apache.kafka.common.quota.ClientQuotaEntity.CLIENT_ID;
import static org.apache.kafka.common.quota.ClientQuotaEntity.USER;

import dev.sluice.broker.log.PartitionLogs;
import dev.sluice.broker.log.SerialThread;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The quotas of clients. Looking is possible from any thread and never blocks; changes run one after another on the thread
 * {@code quotas}, are on disk when their future completes, and hold from the next request on.
 */
public final class Quotas {
    private static final Logger LOG = LoggerFactory.getLogger(Quotas.class);
    /** Invariant 6: more clients than these share one rate, until some have been idle. */
    private static final int RATES_MAX = 10_000;

    private static final Bucket OTHERS = new Bucket(QuotaKind.PRODUCE, null, null);

    private final QuotaFile file;
    private final PartitionLogs logs;
    private final Clock clock;
    private final SerialThread thread = new SerialThread("quotas");
    private final Map<Bucket, ClientRate> rates = new ConcurrentHashMap<>();
    /** Written by the thread {@code quotas} only. */
    private volatile Map<ClientQuotaEntity, Map<String, Double>> all;

    /**
     * Reads the quotas of a data directory.
     *
     * @param directory the directory, locked
     * @param logs knows whether the directory can be written
     * @param clock tells the time by which rates are counted
     */
    public Quotas(Path directory, PartitionLogs logs, Clock clock) {
        this.logs = logs;
        this.clock = clock;
        file = new QuotaFile(directory);
        all = file.read();
    }

    /** Returns all limits, by Kafka's names: an immutable snapshot. */
    public Map<ClientQuotaEntity, Map<String, Double>> all() {
        return all;
    }

    /**
     * Changes limits.
     *
     * @param entity whose
     * @param changes new limits by Kafka's name; null takes one away
     * @return done when they hold
     */
    public CompletableFuture<Void> alter(ClientQuotaEntity entity, Map<String, @Nullable Double> changes) {
        return thread.submit(() -> {
            Map<ClientQuotaEntity, Map<String, Double>> next = new HashMap<>(all);
            Map<String, Double> limits = new HashMap<>(next.getOrDefault(entity, Map.of()));
            changes.forEach((key, limit) -> {
                if (limit == null) {
                    limits.remove(key);
                } else {
                    limits.put(key, limit);
                }
            });
            next.put(entity, Map.copyOf(limits));
            next.values().removeIf(Map::isEmpty);
            write(next);
            all = Map.copyOf(next);
            LOG.atInfo()
                    .addKeyValue("entity", entity.entries())
                    .addKeyValue("limits", limits)
                    .log("changed quotas");
            return null;
        });
    }

    private void write(Map<ClientQuotaEntity, Map<String, Double>> next) {
        logs.checkWritable();
        try {
            file.write(next);
        } catch (IOException e) {
            throw logs.failed("writing the quotas failed", e);
        }
    }

    /** Whether there are any; without, nothing needs counting. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * Counts what a request moved.
     *
     * @param kind which limit it falls under
     * @param user the name of its user
     * @param clientId the id that its client gives itself
     * @param bytes how many bytes
     * @return how long the client shall rest, in milliseconds; 0 for not at all
     */
    public long throttleMillis(QuotaKind kind, String user, String clientId, long bytes) {
        Map<ClientQuotaEntity, Map<String, Double>> quotas = all;
        if (quotas.isEmpty()) {
            return 0;
        }
        for (Match match : matches(user, clientId)) {
            Double limit = quotas.getOrDefault(match.entity, Map.of()).get(kind.key());
            if (limit != null) {
                return rate(new Bucket(kind, match.user, match.clientId)).record(bytes, limit, clock.millis());
            }
        }
        return 0;
    }

    /** Kafka's order, the most special first. A default holds for each user or client by itself, not for all together. */
    private static List<Match> matches(String user, String clientId) {
        return List.of(
                new Match(Map.of(USER, user, CLIENT_ID, clientId), user, clientId),
                new Match(withDefault(CLIENT_ID, USER, user), user, clientId),
                new Match(Map.of(USER, user), user, null),
                new Match(withDefault(USER, CLIENT_ID, clientId), user, clientId),
                new Match(withDefaults(USER, CLIENT_ID), user, clientId),
                new Match(withDefaults(USER), user, null),
                new Match(Map.of(CLIENT_ID, clientId), null, clientId),
                new Match(withDefaults(CLIENT_ID), null, clientId));
    }

    private static Map<String, @Nullable String> withDefault(String defaultType, String type, String name) {
        Map<String, @Nullable String> entries = withDefaults(defaultType);
        entries.put(type, name);
        return entries;
    }

    private static Map<String, @Nullable String> withDefaults(String... types) {
        Map<String, @Nullable String> entries = new HashMap<>();
        for (String type : types) {
            entries.put(type, null);
        }
        return entries;
    }

    private ClientRate rate(Bucket bucket) {
        ClientRate known = rates.get(bucket);
        if (known != null) {
            return known;
        }
        if (rates.size() >= RATES_MAX) {
            long now = clock.millis();
            rates.values().removeIf(rate -> rate.isIdle(now));
        }
        Bucket counted = rates.size() < RATES_MAX ? bucket : OTHERS;
        return rates.computeIfAbsent(counted, first -> new ClientRate());
    }

    /** Ends the thread after the changes that wait. */
    public void close() {
        thread.close();
    }

    /** Clients that share a rate: those of a user, of a client id, or of both. */
    private record Bucket(
            QuotaKind kind, @Nullable String user, @Nullable String clientId) {}

    private record Match(
            ClientQuotaEntity entity,
            @Nullable String user,
            @Nullable String clientId) {
        Match(Map<String, @Nullable String> entries, @Nullable String user, @Nullable String clientId) {
            this(new ClientQuotaEntity(entries), user, clientId);
        }
    }
}
