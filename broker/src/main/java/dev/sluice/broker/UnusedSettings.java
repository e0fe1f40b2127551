package dev.sluice.broker;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Settings of Kafka's server, of this and of earlier versions, that mean nothing here, so that its files can be used as they
 * are; and what holds instead. {@link BrokerSettings} has those that mean something, which win over the beginnings here.
 */
final class UnusedSettings {
    private static final String ONE_PROCESS = "one process does all, without controllers and without ZooKeeper";
    private static final String ONE_COPY = "there is one broker, which keeps one copy of each partition";
    private static final String THREADS = "the number of threads follows from the processors";
    private static final String BUFFERS = "the operating system sizes the buffers of its sockets";
    private static final String NO_QUOTAS = "there are no quotas";
    private static final String NO_SHARE = "there are no share groups";
    private static final String NO_STREAMS =
            "there are no groups of the streams protocol; Kafka Streams uses its classic one";
    private static final String NO_TIERS = "all records stay in the data directory";
    private static final String NO_METRIC_PLUGINS = "metrics are counted, but not by classes of others";
    private static final String FIXED = "the coordinators take what Kafka takes by default";
    private static final String CODEC = "batches are stored as their producers compressed them";
    private static final String OLD = "clients of every age are served, and batches have the format of today";

    /**
     * A beginning of names and its reason.
     *
     * @param prefix the beginning, or a whole name
     * @param instead what holds instead
     */
    private record Unused(String prefix, String instead) {}

    private static final List<Unused> ALL = List.of(
            new Unused("add.partitions.to.txn.", FIXED),
            new Unused("advertised.host.name", "advertised.listeners says what clients are told"),
            new Unused("advertised.port", "advertised.listeners says what clients are told"),
            new Unused("allow.everyone.", "everybody who is let in may do everything"),
            new Unused("alter.config.policy.", "every valid setting is accepted"),
            new Unused("alter.log.dirs.", NO_QUOTAS),
            new Unused("authorizer.", "everybody who is let in may do everything"),
            new Unused("auto.leader.", ONE_COPY),
            new Unused("background.threads", THREADS),
            new Unused("broker.heartbeat.", ONE_PROCESS),
            new Unused("broker.id.generation.", "node.id is the number of the broker"),
            new Unused("broker.rack", ONE_COPY),
            new Unused("broker.session.", ONE_PROCESS),
            new Unused("client.quota.", NO_QUOTAS),
            new Unused("compression.", CODEC),
            new Unused("config.providers", "values stand in the file"),
            new Unused("connection.failed.", "a refused connection is closed at once"),
            new Unused("connections.", "a connection lasts until one side closes it, or it is idle for too long"),
            new Unused("control.plane.", ONE_PROCESS),
            new Unused("controlled.", ONE_COPY),
            new Unused("controller.", ONE_PROCESS),
            new Unused("cordoned.", "there is one data directory"),
            new Unused("create.topic.policy.", "every valid topic is accepted"),
            new Unused("default.replication.factor", ONE_COPY),
            new Unused("delegation.token.", "there are no delegation tokens"),
            new Unused("delete.records.purgatory.", "waiting requests cost nothing to keep"),
            new Unused("delete.topic.enable", "topics can be deleted"),
            new Unused("early.start.listeners", ONE_PROCESS),
            new Unused("fetch.purgatory.", "waiting requests cost nothing to keep"),
            new Unused("follower.fetch.", NO_TIERS),
            new Unused("group.", FIXED),
            new Unused("group.share.", NO_SHARE),
            new Unused("group.streams.", NO_STREAMS),
            new Unused("host.name", "listeners says where it listens"),
            new Unused("initial.broker.", ONE_PROCESS),
            new Unused("inter.broker.", ONE_PROCESS),
            new Unused("internal.", ONE_PROCESS),
            new Unused("kafka.metrics.", NO_METRIC_PLUGINS),
            new Unused("leader.", ONE_COPY),
            new Unused("listener.", "only settings of security can be those of one listener"),
            new Unused("log.dir.failure.", "a broker whose disk fails stops"),
            new Unused("log.initial.task.delay.ms", FIXED),
            new Unused("log.local.", NO_TIERS),
            new Unused("log.message.downconversion.", OLD),
            new Unused("log.message.format.version", OLD),
            new Unused(
                    "log.message.timestamp.difference.max.ms",
                    "log.message.timestamp.before.max.ms and log.message.timestamp.after.max.ms say it"),
            new Unused("log.roll.jitter.hours", "log.roll.jitter.ms says it"),
            new Unused("max.", "the limits of connections are those of the whole broker and of an address"),
            new Unused("metadata.", "topics.catalog in the data directory keeps the topics"),
            new Unused("metric.", NO_METRIC_PLUGINS),
            new Unused("metrics.", NO_METRIC_PLUGINS),
            new Unused("min.insync.replicas", ONE_COPY),
            new Unused("num.io.threads", THREADS),
            new Unused("num.recovery.threads", THREADS),
            new Unused("num.replica.", ONE_COPY),
            new Unused("offset.metadata.", FIXED),
            new Unused("offsets.", FIXED),
            new Unused("offsets.topic.compression.codec", "offsets are stored uncompressed"),
            new Unused("offsets.topic.replication.factor", ONE_COPY),
            new Unused("password.encoder.", ONE_PROCESS),
            new Unused("port", "listeners says where it listens"),
            new Unused("principal.", "users have the names that they log in with"),
            new Unused("process.roles", ONE_PROCESS),
            new Unused("producer.id.expiration.check.", FIXED),
            new Unused("producer.purgatory.", "waiting requests cost nothing to keep"),
            new Unused("quota.", NO_QUOTAS),
            new Unused("remote.", NO_TIERS),
            new Unused("replica.", ONE_COPY),
            new Unused("replication.", ONE_COPY),
            new Unused("request.timeout.ms", ONE_PROCESS),
            new Unused("reserved.broker.max.id", "every node.id is possible"),
            new Unused("sasl.", "the broker does not use this part of logins"),
            new Unused("security.inter.broker.protocol", ONE_PROCESS),
            new Unused("security.", "Java's own security providers are used"),
            new Unused("server.max.startup.", ONE_PROCESS),
            new Unused("share.", NO_SHARE),
            new Unused("socket.", BUFFERS),
            new Unused("ssl.", "the broker does not use this part of TLS"),
            new Unused("super.users", "everybody who is let in may do everything"),
            new Unused("telemetry.", "clients are not asked for their metrics"),
            new Unused("transaction.", FIXED),
            new Unused("transaction.state.log.min.isr", ONE_COPY),
            new Unused("transaction.state.log.replication.factor", ONE_COPY),
            new Unused("transaction.two.phase.", "transactions of two phases are not known"),
            new Unused("unclean.", ONE_COPY),
            new Unused("unstable.", "what is finished is on"),
            new Unused("zookeeper.", ONE_PROCESS));

    private UnusedSettings() {}

    /** Returns what holds instead of a setting, as the end of a sentence; empty if Kafka does not know the setting either. */
    static Optional<String> instead(String key) {
        return ALL.stream()
                .filter(unused -> key.startsWith(unused.prefix()))
                .max(Comparator.comparingInt(unused -> unused.prefix().length()))
                .map(Unused::instead);
    }
}
