package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout, over a Maven that makes an empty installation and a Java that says hello. */
final class CheckoutIT {
    private static final String BUILT = "sluice: built in";

    @TempDir
    Path folder;

    private Path root;
    private Path source;

    @BeforeEach
    void checkOut() throws IOException {
        root = folder.toRealPath().resolve("checkout");
        source = root.resolve("runtime/src/main/java/Main.java");
        Scripts.copy(Installation.CHECKOUT.resolve("bin/sluice"), root.resolve("bin/sluice"));
        Scripts.copy(
                Installation.CHECKOUT.resolve("distribution/build-if-stale.sh"),
                root.resolve("distribution/build-if-stale.sh"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class Main {}");
        Scripts.write(folder.resolve("java/bin/java"), "echo hello");
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"17.0.15\"\n");
        maven("echo run >>builds; rm -rf distribution/target/sluice; mkdir -p distribution/target/sluice/lib");
    }

    @Test
    void buildsOnFirstUseAndSaysSoInPlainLines() throws Exception {
        var ran = launch();

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.output())
                .matches(
                        Pattern.quote("sluice: building (first use; log: " + root + "/distribution/target/build.log)\n")
                                + BUILT + " \\d+ s\nhello\n");
    }

    @Test
    void doesNotBuildAgainWhatIsUpToDate() throws Exception {
        assertThat(launch().output()).contains(BUILT);

        assertThat(launch().output()).isEqualTo("hello\n");
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        assertThat(launch().output()).contains(BUILT);
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(10)));

        assertThat(launch().output()).contains("sluice: building (sources have changed; log: ", BUILT);
    }

    @Test
    void buildsAgainWhenASourceIsGone() throws Exception {
        assertThat(launch().output()).contains(BUILT);
        Files.delete(source);
        Files.setLastModifiedTime(
                source.getParent(), FileTime.from(Instant.now().plusSeconds(10)));

        assertThat(launch().output()).contains(BUILT);
    }

    @Test
    void doesNotBuildForAChangedTestOrTheBrokersData() throws Exception {
        assertThat(launch().output()).contains(BUILT);
        for (var name : new String[] {"runtime/src/test/java/Test.java", "data/topic-0/0.log", "notes.txt"}) {
            var file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "new");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(10)));
        }

        assertThat(launch().output()).isEqualTo("hello\n");
    }

    @Test
    void twoLaunchersBuildOnce() throws Exception {
        maven(
                "echo run >>builds; for i in $(seq 200); do [ ! -e go ] || break; sleep 0.1; done; mkdir -p distribution/target/sluice/lib");

        var first = start();
        var second = start();
        Files.createFile(root.resolve("go"));

        assertThat(Scripts.end(first).output()).endsWith("hello\n");
        assertThat(Scripts.end(second).output()).endsWith("hello\n");
        assertThat(root.resolve("builds")).hasContent("run");
    }

    @Test
    void aLockLeftBehindDoesNotStopTheNextBuild() throws Exception {
        var gone = Scripts.start(folder, Map.of(), "true");
        assertThat(Scripts.end(gone).exitCode()).isZero();
        Files.createDirectories(root.resolve("distribution/target"));
        Files.createSymbolicLink(root.resolve("distribution/target/build.lock"), Path.of("" + gone.pid()));

        assertThat(launch().output()).contains(BUILT);
    }

    @Test
    void showsWhyABuildFailed() throws Exception {
        maven("echo '[ERROR] Main.java:[3,1] class expected'; exit 1");

        var ran = launch();

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.output()).endsWith("""
                        [ERROR] Main.java:[3,1] class expected
                        sluice: Cannot build: Maven ended with an error, see %s/distribution/target/build.log.
                        """.formatted(root));
    }

    private void maven(String lines) throws IOException {
        Scripts.write(folder.resolve("maven/mvn"), lines + "\n");
    }

    private Ran launch() throws Exception {
        return Scripts.end(start());
    }

    private Process start() throws IOException {
        var variables = Map.of(
                "JAVA_HOME", folder.toRealPath() + "/java",
                "PATH", folder.toRealPath() + "/maven:" + System.getenv("PATH"));
        return Scripts.start(folder, variables, root + "/bin/sluice", "version");
    }
}
