package dev.sluice.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds what every plugin inherits down to the JDK and nullness annotations. */
@AnalyzeClasses(packages = "dev.sluice.api", importOptions = ArchitectureTest.MainClasses.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule USES_THE_JDK_AND_JSPECIFY_ONLY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.sluice.api..", "java..", "org.jspecify.annotations..")
            .because("a plugin compiles against this module and inherits whatever it uses");

    /** Leaves out test classes, wherever the build puts them. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }
}
