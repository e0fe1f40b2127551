package dev.sluice.runtime.cli.kafka;

import java.util.Arrays;
import java.util.Optional;

/**
 * Kafka's command line tools, under the names of Kafka's scripts without {@code kafka-} before and {@code .sh} behind. They
 * are Kafka's own classes: what their options mean and what they print is exactly what people's scripts know.
 */
public enum Tool {
    TOPICS("topics", "TopicCommand", "Create, list, describe, change and delete topics."),
    CONSOLE_PRODUCER("console-producer", "ConsoleProducer", "Send lines of the standard input to a topic."),
    CONSOLE_CONSUMER("console-consumer", "consumer.ConsoleConsumer", "Print the records of topics."),
    CONSUMER_GROUPS(
            "consumer-groups",
            "consumer.group.ConsumerGroupCommand",
            "List, describe and delete groups of consumers; reset their offsets."),
    GROUPS("groups", "GroupsCommand", "List groups of every kind."),
    GET_OFFSETS("get-offsets", "GetOffsetShell", "Print the offsets of topics: first, last, by time."),
    DELETE_RECORDS("delete-records", "DeleteRecordsCommand", "Delete the records below given offsets."),
    TRANSACTIONS("transactions", "TransactionsCommand", "List and describe transactions; end hanging ones."),
    LOG_DIRS("log-dirs", "LogDirsCommand", "Print the size of each partition, as JSON."),
    CLUSTER("cluster", "ClusterTool", "Print the id of the broker's data directory, and its address."),
    BROKER_API_VERSIONS("broker-api-versions", "BrokerApiVersionsCommand", "Print which requests a broker knows."),
    DUMP_LOG("dump-log", "DumpLogSegments", "Print what log files hold, without a broker."),
    PRODUCER_PERF_TEST("producer-perf-test", "ProducerPerformance", "Measure producing."),
    CONSUMER_PERF_TEST("consumer-perf-test", "ConsumerPerformance", "Measure consuming."),
    E2E_LATENCY("e2e-latency", "EndToEndLatency", "Measure the time from producing to consuming."),
    VERIFIABLE_PRODUCER("verifiable-producer", "VerifiableProducer", "Produce numbers, and print each answer."),
    VERIFIABLE_CONSUMER("verifiable-consumer", "VerifiableConsumer", "Consume, and print each step.");

    private static final String PACKAGE = "org.apache.kafka.tools.";

    private final String word;
    private final String className;
    private final String purpose;

    Tool(String word, String className, String purpose) {
        this.word = word;
        this.className = className;
        this.purpose = purpose;
    }

    /**
     * Returns the tool of a name.
     *
     * @param word the command's first word
     */
    public static Optional<Tool> named(String word) {
        return Arrays.stream(values()).filter(tool -> tool.word.equals(word)).findFirst();
    }

    /** Returns the name. */
    public String word() {
        return word;
    }

    /** Returns a sentence for the list of commands. */
    public String purpose() {
        return purpose;
    }

    /** Returns the name of its main class. */
    String className() {
        return PACKAGE + className;
    }
}
