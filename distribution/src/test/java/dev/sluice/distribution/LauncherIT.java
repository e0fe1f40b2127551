package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher of an installation, over a Java that prints its arguments, one a line. */
final class LauncherIT {
    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectory(folder.toRealPath().resolve("an installation"));
        Scripts.copy(Installation.HOME.resolve("bin/sluice"), home.resolve("bin/sluice"));
        Files.createDirectory(home.resolve("lib"));
    }

    @Test
    void passesTheArgumentsOnAsTheyWereGiven() throws Exception {
        var ran = launch(java("17.0.15"), Map.of(), "standalone", "a b.properties", "*");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.output().lines())
                .contains(
                        "-Dsluice.home=" + home,
                        home + "/lib/*:" + home + "/lib/tools/*",
                        "dev.sluice.runtime.cli.Main")
                .endsWith("standalone", "a b.properties", "*");
    }

    @Test
    void findsItsFolderThroughLinksFromAnyWorkingFolder() throws Exception {
        var first = Files.createSymbolicLink(folder.resolve("first"), home.resolve("bin/sluice"));
        var second = Files.createSymbolicLink(folder.resolve("second"), first.getFileName());

        var ran = Scripts.run(Path.of("/"), Map.of("JAVA_HOME", java("17.0.15")), second.toString(), "version");

        assertThat(ran.output().lines()).contains("-Dsluice.home=" + home);
    }

    @Test
    void takesHeapAndOtherOptionsFromTheEnvironment() throws Exception {
        var options = Map.of("SLUICE_HEAP_OPTS", "-Xms1g -Xmx2g", "SLUICE_OPTS", "-Da=1 -Db=2");

        var ran = launch(java("17.0.15"), options, "version");

        assertThat(ran.output().lines())
                .contains("-Xms1g", "-Xmx2g", "-Da=1", "-Db=2")
                .doesNotContain("-Xmx256m");
    }

    @Test
    void givesServersAModestHeapAndToolsLess() throws Exception {
        for (var server : List.of("standalone", "broker")) {
            assertThat(launch(java("17.0.15"), Map.of(), server).output().lines())
                    .contains("-Xmx512m")
                    .doesNotContain("-XX:TieredStopAtLevel=1");
        }
        assertThat(launch(java("17.0.15"), Map.of(), "topics").output().lines())
                .contains("-Xmx256m", "-XX:TieredStopAtLevel=1");
    }

    @Test
    void allowsNewerJavasWhatTheyWouldWarnOf() throws Exception {
        assertThat(launch(java("25.0.3"), Map.of(), "version").output().lines())
                .contains("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
        assertThat(launch(java("17.0.15"), Map.of(), "version").output()).doesNotContain("native-access");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.0.2", "16.0.1"})
    void refusesAnOlderJava(String version) throws Exception {
        var javaHome = java(version);

        var ran = launch(javaHome, Map.of(), "version");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.output())
                .isEqualTo("sluice: Cannot start: %s/bin/java is Java %s, expected 17 or newer. Set JAVA_HOME.%n"
                        .formatted(javaHome, version.substring(0, 2)));
    }

    @Test
    void namesAJavaHomeWithoutJava() throws Exception {
        var ran = launch("/nowhere", Map.of(), "version");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.output()).contains("Cannot start: JAVA_HOME is /nowhere, and bin/java is missing there.");
    }

    @Test
    void makesAClassArchiveForEachJavaAndThenUsesIt() throws Exception {
        var older = java("17.0.15");
        var newer = java("25.0.3");

        assertThat(launch(older, Map.of(), "warm-up").exitCode()).isZero();
        assertThat(launch(newer, Map.of(), "warm-up").exitCode()).isZero();

        var archives = archives();
        assertThat(archives).hasSize(2);
        assertThat(launch(older, Map.of(), "version").output().lines())
                .filteredOn(line -> line.startsWith("-XX:SharedArchiveFile="))
                .singleElement()
                .satisfies(option -> assertThat(archives).contains(Path.of(option.substring(option.indexOf('=') + 1))));
    }

    @Test
    void doesNotUseTheArchiveOfOtherLibraries() throws Exception {
        var java = java("17.0.15");
        assertThat(launch(java, Map.of(), "warm-up").exitCode()).isZero();

        Files.writeString(home.resolve("lib/another.jar"), "new");

        assertThat(launch(java, Map.of(), "version").output()).doesNotContain("SharedArchiveFile");
    }

    @Test
    void startsWithoutTheArchiveWhenToldTo() throws Exception {
        var java = java("17.0.15");
        assertThat(launch(java, Map.of(), "warm-up").exitCode()).isZero();

        assertThat(launch(java, Map.of("SLUICE_CACHE", "off"), "version").output())
                .doesNotContain("SharedArchiveFile");
    }

    @Test
    void saysWhenNoArchiveCanBeMade() throws Exception {
        Files.writeString(home.resolve("cache"), "a file where the folder belongs");

        var ran = launch(java("17.0.15"), Map.of(), "warm-up");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.output())
                .isEqualTo("sluice: Cannot prepare a faster start in %s/cache. Sluice starts without it.%n"
                        .formatted(home));
    }

    private Ran launch(String javaHome, Map<String, String> variables, String... arguments) throws Exception {
        var all = new HashMap<>(variables);
        all.put("JAVA_HOME", javaHome);
        var command = Stream.concat(Stream.of(home + "/bin/sluice"), Stream.of(arguments));
        return Scripts.run(folder, all, command.toArray(String[]::new));
    }

    /** Makes the home of a Java of this version: it prints its arguments, and writes the archive that it is asked for. */
    private String java(String version) throws IOException {
        var javaHome = folder.toRealPath().resolve("java-" + version);
        Scripts.write(javaHome.resolve("bin/java"), """
                for argument; do
                    case $argument in -XX:ArchiveClassesAtExit=*) echo archive >"${argument#*=}" ;; esac
                    echo "$argument"
                done
                """);
        Files.writeString(javaHome.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return javaHome.toString();
    }

    private List<Path> archives() throws IOException {
        try (var files = Files.list(home.resolve("cache"))) {
            return files.toList();
        }
    }
}
