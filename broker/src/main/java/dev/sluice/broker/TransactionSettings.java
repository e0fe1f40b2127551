package dev.sluice.broker;

import static dev.sluice.broker.BrokerSetting.integer;

import java.util.List;

/** The settings of transactions. */
final class TransactionSettings {
    static final BrokerSetting<Integer> TIMEOUT_MAX_MS =
            integer("transaction.max.timeout.ms", 900_000, 1, "The longest time that a transaction may stay open.");

    /** Kafka takes 50, for a cluster; one machine holds its transactions in one partition. */
    static final BrokerSetting<Integer> PARTITIONS =
            integer("transaction.state.log.num.partitions", 1, 1, "Partitions of __transaction_state.");

    static final BrokerSetting<Integer> SEGMENT_BYTES =
            integer("transaction.state.log.segment.bytes", 100 << 20, 1 << 20, "Segment size of __transaction_state.");

    static final BrokerSetting<Integer> ID_EXPIRATION_MS = integer(
            "transactional.id.expiration.ms", 604_800_000, 1, "How long a transactional id is known that nobody uses.");

    static final BrokerSetting<Integer> TIMEOUT_CHECK_MS = integer(
            "transaction.abort.timed.out.transaction.cleanup.interval.ms",
            10_000,
            1,
            "How often transactions are looked for that were open for too long.");

    static final BrokerSetting<Integer> EXPIRATION_CHECK_MS = integer(
            "transaction.remove.expired.transaction.cleanup.interval.ms",
            3_600_000,
            1,
            "How often transactional ids are looked for that nobody uses.");

    static final List<BrokerSetting<?>> ALL =
            List.of(TIMEOUT_MAX_MS, PARTITIONS, SEGMENT_BYTES, ID_EXPIRATION_MS, TIMEOUT_CHECK_MS, EXPIRATION_CHECK_MS);

    private TransactionSettings() {}
}
