package dev.sluice.broker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the arrows inside the broker: {@code net → handler → {group, transaction, topic} → log}. */
@AnalyzeClasses(packages = "dev.sluice.broker", importOptions = ArchitectureTest.MainClasses.class)
final class ArchitectureTest {
    private static final String NET = "dev.sluice.broker.net..";
    private static final String HANDLER = "dev.sluice.broker.handler..";
    private static final String GROUP = "dev.sluice.broker.group..";
    private static final String TRANSACTION = "dev.sluice.broker.transaction..";
    private static final String SECURITY = "dev.sluice.broker.security..";
    private static final String TOPIC = "dev.sluice.broker.topic..";
    private static final String METRICS = "dev.sluice.broker.metrics..";
    private static final String LOG = "dev.sluice.broker.log..";

    @ArchTest
    static final ArchRule NOBODY_ABOVE_IS_KNOWN = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sluice.api..", "dev.sluice.runtime..", "dev.sluice.plugin..")
            .because("the broker stands alone and the runtime stands on it")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule HANDLERS_DO_NOT_KNOW_THE_NETWORK = below(HANDLER, NET);

    @ArchTest
    static final ArchRule GROUPS_DO_NOT_KNOW_HANDLERS = below(GROUP, NET, HANDLER);

    @ArchTest
    static final ArchRule TRANSACTIONS_DO_NOT_KNOW_HANDLERS = below(TRANSACTION, NET, HANDLER);

    @ArchTest
    static final ArchRule SECURITY_DOES_NOT_KNOW_HANDLERS = below(SECURITY, NET, HANDLER, GROUP, TRANSACTION);

    @ArchTest
    static final ArchRule TOPICS_DO_NOT_KNOW_HANDLERS = below(TOPIC, NET, HANDLER, SECURITY);

    @ArchTest
    static final ArchRule THE_LOG_KNOWS_NOBODY = below(LOG, NET, HANDLER, GROUP, TRANSACTION, SECURITY, TOPIC);

    @ArchTest
    static final ArchRule METRICS_KNOW_NOBODY = below(METRICS, NET, HANDLER, GROUP, TRANSACTION, TOPIC, LOG);

    @ArchTest
    static final ArchRule THE_LOG_IS_FREE_OF_VERTX = noClasses()
            .that()
            .resideInAPackage(LOG)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx..")
            .because("the log runs on threads of its own and answers with the JDK's futures")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule THE_FRONT_DOES_NOT_SEE_THE_ENGINES = noClasses()
            .that()
            .resideInAnyPackage(NET, HANDLER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka.storage..", "org.apache.kafka.coordinator..", "org.apache.kafka.image..")
            .because("an engine can be replaced only while it stays behind the seams of log, group and transaction")
            .allowEmptyShould(true);

    private static ArchRule below(String part, String... above) {
        return noClasses()
                .that()
                .resideInAPackage(part)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above)
                .because("net may use handler, handler may use group, transaction and topic, these may use log")
                .allowEmptyShould(true);
    }

    /** Leaves out test classes, wherever the build puts them. */
    static final class MainClasses implements ImportOption {
        private static final String TESTS = ArchitectureTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();

        @Override
        public boolean includes(Location location) {
            return !location.contains(TESTS);
        }
    }
}
