package dev.sluice.connector.elasticsearch;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the arrows inside the plugin, which its package comment draws. */
@AnalyzeClasses(packages = "dev.sluice.connector.elasticsearch", importOptions = ArchitectureTest.MainClasses.class)
final class ArchitectureTest {
    private static final String BASE = "dev.sluice.connector.elasticsearch";

    @ArchTest
    static final ArchRule EACH_PACKAGE_USES_THOSE_BELOW_IT = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("connectors")
            .definedBy(BASE)
            .layer("source")
            .definedBy(BASE + ".source")
            .layer("sink")
            .definedBy(BASE + ".sink")
            .layer("document")
            .definedBy(BASE + ".document")
            .layer("bulk")
            .definedBy(BASE + ".bulk")
            .layer("client")
            .definedBy(BASE + ".client")
            .layer("tls")
            .definedBy(BASE + ".tls")
            .withOptionalLayers(true)
            .whereLayer("connectors")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("source")
            .mayOnlyBeAccessedByLayers("connectors")
            .whereLayer("sink")
            .mayOnlyBeAccessedByLayers("connectors")
            .whereLayer("document")
            .mayOnlyBeAccessedByLayers("connectors", "source", "sink")
            .whereLayer("bulk")
            .mayOnlyBeAccessedByLayers("connectors", "source", "sink", "document")
            .whereLayer("client")
            .mayOnlyBeAccessedByLayers("connectors", "source", "sink", "document", "bulk")
            .whereLayer("tls")
            .mayOnlyBeAccessedByLayers("client");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(BASE + ".(*)").should().beFreeOfCycles();

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
