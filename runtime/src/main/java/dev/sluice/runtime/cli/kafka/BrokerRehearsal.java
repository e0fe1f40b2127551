package dev.sluice.runtime.cli.kafka;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code sluice warm-up} rehearses of the broker and the tools: the first steps of a user with one topic. */
public final class BrokerRehearsal {
    private static final String TOPIC = "warm-up";
    private static final String LINE = "one\n";

    private BrokerRehearsal() {}

    /**
     * Starts a broker on a free port, and lets the tools produce to it and consume.
     *
     * @param folder where its data may go
     * @throws IllegalStateException if a step fails, with what it said
     */
    public static void run(Path folder) {
        BrokerFile settings = BrokerFile.read(null, List.of("listeners=PLAINTEXT://127.0.0.1:0", "log.dirs=" + folder));
        try (RunningBroker broker = RunningBroker.start(settings.config())) {
            BrokerCommand.summary(broker).forEach(System.out::println);
            String address = broker.addresses().values().iterator().next().toString();
            step(Tool.TOPICS, address, "--create", "--topic", TOPIC, "--partitions", "1");
            step(Tool.TOPICS, address, "--describe");
            step(Tool.CONSOLE_PRODUCER, address, "--topic", TOPIC);
            step(Tool.CONSOLE_CONSUMER, address, "--topic", TOPIC, "--from-beginning", "--max-messages", "1");
            step(Tool.CONSUMER_GROUPS, address, "--describe", "--all-groups");
        }
    }

    private static void step(Tool tool, String address, String... words) {
        List<String> all = new ArrayList<>(List.of("--bootstrap-server", address));
        all.addAll(List.of(words));
        ContainedTools.Result result = ContainedTools.run(tool, LINE, all.toArray(String[]::new));
        if (result.exitCode() != 0) {
            throw new IllegalStateException(tool.word() + " failed in the rehearsal: " + result);
        }
    }
}
