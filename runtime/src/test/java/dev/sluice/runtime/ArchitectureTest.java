package dev.sluice.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Holds the arrows inside the runtime: {@code cli, rest → control → {task, store} → transport}; {@code plugin} serves
 * {@code control} and {@code task}. The command line puts the parts together, so it alone may name them all.
 */
@AnalyzeClasses(packages = "dev.sluice.runtime", importOptions = ArchitectureTest.MainClasses.class)
final class ArchitectureTest {
    private static final String CLI = "dev.sluice.runtime.cli..";
    private static final String REST = "dev.sluice.runtime.rest..";
    private static final String METRICS = "dev.sluice.runtime.metrics..";
    private static final String CONTROL = "dev.sluice.runtime.control..";
    private static final String TASK = "dev.sluice.runtime.task..";
    private static final String STORE = "dev.sluice.runtime.store..";
    private static final String TRANSPORT = "dev.sluice.runtime.transport..";
    private static final String PLUGIN = "dev.sluice.runtime.plugin..";

    @ArchTest
    static final ArchRule NOTHING_USES_THE_COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLI)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NOTHING_USES_REST = noClasses()
            .that()
            .resideOutsideOfPackages(CLI, REST)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(REST)
            .because("whatever REST can do stands in control, where the command line finds it too")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ONLY_THE_DOORS_USE_CONTROL = noClasses()
            .that()
            .resideOutsideOfPackages(CLI, REST, METRICS, CONTROL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CONTROL)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule STORES_DO_NOT_KNOW_TASKS_OR_PLUGINS = below(STORE, TASK, PLUGIN);

    @ArchTest
    static final ArchRule THE_TRANSPORT_KNOWS_NOBODY = below(TRANSPORT, TASK, STORE, PLUGIN);

    @ArchTest
    static final ArchRule PLUGIN_LOADING_KNOWS_NOBODY = below(PLUGIN, TASK, STORE, TRANSPORT);

    @ArchTest
    static final ArchRule ONLY_THE_TRANSPORT_SEES_THE_BROKER = noClasses()
            .that()
            .resideOutsideOfPackages(TRANSPORT, "dev.sluice.runtime.cli.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sluice.broker..", "org.apache.kafka..")
            .because("the same worker runs on the built-in broker and on any Kafka")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule PARTS_FORM_NO_CYCLE = slices().matching("dev.sluice.runtime.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    private static ArchRule below(String part, String... above) {
        return noClasses()
                .that()
                .resideInAPackage(part)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above)
                .because("cli, rest → control → {task, store} → transport; plugin serves control and task")
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
