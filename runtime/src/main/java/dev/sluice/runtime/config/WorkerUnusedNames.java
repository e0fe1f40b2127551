package dev.sluice.runtime.config;

import java.util.List;

/** The names of Kafka Connect's worker settings that this version does not act on. */
final class WorkerUnusedNames {
    static final List<String> NAMES = List.of(
            "client.dns.lookup",
            "client.id",
            "config.storage.replication.factor",
            "connect.protocol",
            "connections.max.idle.ms",
            "header.converter.plugin.version",
            "heartbeat.interval.ms",
            "inter.worker.key.generation.algorithm",
            "inter.worker.key.size",
            "inter.worker.key.ttl.ms",
            "inter.worker.signature.algorithm",
            "inter.worker.verification.algorithms",
            "key.converter.plugin.version",
            "metadata.max.age.ms",
            "metadata.recovery.rebootstrap.trigger.ms",
            "metadata.recovery.strategy",
            "offset.storage.partitions",
            "offset.storage.replication.factor",
            "plugin.discovery",
            "rebalance.timeout.ms",
            "receive.buffer.bytes",
            "reconnect.backoff.max.ms",
            "reconnect.backoff.ms",
            "request.timeout.ms",
            "rest.advertised.host.name",
            "rest.advertised.listener",
            "rest.advertised.port",
            "rest.host.name",
            "rest.port",
            "retry.backoff.max.ms",
            "retry.backoff.ms",
            "scheduled.rebalance.max.delay.ms",
            "security.protocol",
            "send.buffer.bytes",
            "session.timeout.ms",
            "socket.connection.setup.timeout.max.ms",
            "socket.connection.setup.timeout.ms",
            "status.storage.partitions",
            "status.storage.replication.factor",
            "value.converter.plugin.version",
            "worker.sync.timeout.ms",
            "worker.unsync.backoff.ms");

    /** Beginnings of names whose endings belong to others: Kafka's clients, TLS, metrics, topic settings. */
    static final List<String> PREFIXES =
            List.of("config.storage.", "offset.storage.", "sasl.", "ssl.", "status.storage.");

    private WorkerUnusedNames() {}
}
