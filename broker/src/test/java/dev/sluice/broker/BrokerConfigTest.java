package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerConfigTest {
    @Test
    void readsKafkasServerKeys() {
        BrokerConfig config = BrokerConfig.of(Map.of(
                "log.dirs", "/data",
                "num.partitions", "4",
                "log.segment.bytes", "2097152",
                "log.retention.minutes", "90",
                "log.cleaner.backoff.ms", "100",
                "message.max.bytes", "5000"));

        assertThat(config.dataDir()).hasToString("/data");
        assertThat(config.partitionCountDefault()).isEqualTo(4);
        assertThat(config.cleaner().backoffMillis()).isEqualTo(100);
        assertThat(config.topicDefaults())
                .containsEntry("segment.bytes", "2097152")
                .containsEntry("retention.ms", "5400000")
                .containsEntry("max.message.bytes", "5000")
                .containsEntry("segment.ms", "604800000");
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void prefersTheFinerUnit() {
        Map<String, String> all = Map.of(
                "log.dirs", "/data",
                "log.retention.ms", "-1",
                "log.retention.minutes", "1",
                "log.retention.hours", "1",
                "log.roll.hours", "2",
                "log.roll.ms", "10");

        assertThat(BrokerConfig.of(all).topicDefaults())
                .containsEntry("retention.ms", "-1")
                .containsEntry("segment.ms", "10");
    }

    @Test
    void saysEveryProblemAtOnce() {
        assertThatThrownBy(() -> BrokerConfig.of(Map.of(
                        "log.dirs", "/a,/b",
                        "num.partitions", "0",
                        "log.retention.ms", "a week",
                        "log.cleaner.enable", "yes",
                        "compression.type", "rar")))
                .isInstanceOfSatisfying(
                        BrokerException.BadConfig.class,
                        e -> assertThat(e.problems())
                                .containsExactlyInAnyOrder(
                                        "Cannot use log.dirs=/a,/b: must be the path of one directory: the broker keeps all"
                                                + " partitions in it, and a volume may join disks. Correct it or leave it"
                                                + " out.",
                                        "Cannot use num.partitions=0: must be a whole number from 1 to 2147483647."
                                                + " Correct it or leave it out.",
                                        "Cannot use log.retention.ms=a week: must be a whole number. Correct it or leave it out.",
                                        "Cannot use log.cleaner.enable=yes: must be true or false. Correct it or leave it out.",
                                        "Cannot use compression.type=rar: must be one of producer, uncompressed, gzip, snappy,"
                                                + " lz4, zstd. Correct it or leave it out."));
    }

    @Test
    void needsADirectory() {
        assertThatThrownBy(() -> BrokerConfig.of(Map.of()))
                .isInstanceOf(BrokerException.BadConfig.class)
                .hasMessage("Cannot open the broker: log.dirs is missing."
                        + " Set log.dirs to the path of its data directory.");
        assertThat(BrokerConfig.of(Map.of("log.dir", "/data")).dataDir()).hasToString("/data");
    }

    @Test
    void warnsOfKeysThatDoNothing() {
        BrokerConfig config = BrokerConfig.of(
                Map.of("log.dirs", "/data", "log.segment.byte", "1", "zookeeper.connect", "x", "num.io.threads", "3"));

        assertThat(config.warnings())
                .containsExactly(
                        "The setting log.segment.byte is unknown and ignored. Did you mean log.segment.bytes?");
        assertThat(config.notes())
                .containsExactly(
                        "The setting num.io.threads has no effect in the built-in broker: the number of threads follows"
                                + " from the processors.",
                        "The setting zookeeper.connect has no effect in the built-in broker: one process does all,"
                                + " without controllers and without ZooKeeper.");
    }

    @Test
    void takesTheNumberOfTheBrokerByBothNames() {
        assertThat(nodeId(Map.of())).isEqualTo(1);
        assertThat(nodeId(Map.of("node.id", "7"))).isEqualTo(7);
        assertThat(nodeId(Map.of("broker.id", "0"))).isZero();
        assertThat(nodeId(Map.of("broker.id", "-1"))).isEqualTo(1);
    }

    private static int nodeId(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("log.dirs", "/data");
        return BrokerConfig.of(all).nodeId();
    }

    /** The names that Kafka's server knows, but for those of its listeners' security. */
    @Test
    void knowsEverySettingOfKafkasServer() throws IOException {
        Map<String, String> all = new HashMap<>();
        try (var names = getClass().getResourceAsStream("kafka-server-settings.txt")) {
            new String(names.readAllBytes(), StandardCharsets.US_ASCII).lines().forEach(name -> all.put(name, ""));
        }
        List<String> known = BrokerSettings.ALL.stream().map(BrokerSetting::key).toList();
        all.keySet().removeAll(known);
        all.put("log.dirs", "/data");

        BrokerConfig config = BrokerConfig.of(all);

        assertThat(config.warnings()).isEmpty();
        assertThat(config.notes()).hasSize(all.size() - 1);
    }

    @Test
    void tellsWhatWasGivenFromDefaultsOfItsOwn() {
        assertThat(BrokerConfig.of(Map.of("log.dirs", "/data", "log.retention.hours", "1"))
                        .givenTopicDefaults())
                .containsExactly("retention.ms");
    }

    @Test
    void everySettingHasAUsableDefaultAndADoc() {
        for (BrokerSetting<?> setting : BrokerSettings.ALL) {
            assertThat(setting.doc()).as(setting.key()).endsWith(".");
            if (setting.defaultValue() != null) {
                String text = setting.defaultValue().toString().replaceAll("[\\[\\]{}]", "");
                assertThat(setting.parser().apply(text)).as(setting.key()).isPresent();
            }
        }
    }

    @Test
    void showsNoSecrets() {
        BrokerConfig config = BrokerConfig.of(Map.of(
                "log.dirs", "/data",
                "ssl.keystore.password", "tell-nobody",
                "listener.name.inside.ssl.key.password", "tell-nobody",
                "listener.name.inside.plain.sasl.jaas.config", "x required user_a=\"tell-nobody\";"));

        assertThat(config.toString()).doesNotContain("tell-nobody");
        assertThat(config.entries().toString()).doesNotContain("tell-nobody");
        assertThat(config.security("INSIDE").toString()).doesNotContain("tell-nobody");
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void aSettingOfOneListenerWinsThere() {
        BrokerConfig config = BrokerConfig.of(Map.of(
                "log.dirs", "/data",
                "ssl.client.auth", "required",
                "listener.name.inside.ssl.client.auth", "none",
                "listener.name.inside.num.partitions", "3"));

        assertThat(config.security("INSIDE").tls()).containsEntry("ssl.client.auth", "none");
        assertThat(config.security("OUTSIDE").tls()).containsEntry("ssl.client.auth", "required");
        assertThat(config.notes())
                .containsExactly("The setting listener.name.inside.num.partitions has no effect in the built-in broker:"
                        + " only settings of security can be those of one listener.");
    }

    @Test
    void refusesAccessRulesRatherThanIgnoreThem() {
        assertThatThrownBy(() -> BrokerConfig.of(Map.of("log.dirs", "/data", "authorizer.class.name", "x.Rules")))
                .hasMessage(
                        "Cannot use authorizer.class.name=x.Rules: the built-in broker has no access rules, everybody"
                                + " who is let in may do everything. Leave it out and let in only whom you trust.");
    }

    @Test
    void topicDefaultsAreSettingsThatKafkaKnows() {
        Map<String, String> defaults =
                BrokerConfig.of(Map.of("log.dirs", "/data")).topicDefaults();

        new dev.sluice.broker.log.LogConfigs(Map.of()).check("t", defaults);
    }
}
