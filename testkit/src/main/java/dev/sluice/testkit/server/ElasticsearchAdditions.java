package dev.sluice.testkit.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Compiles the plugin that gives a minimal Elasticsearch 8 what some tests ask for. It is compiled against the unpacked server
 * by the test's own Java, so that the server's classes never reach the class path of a test.
 */
final class ElasticsearchAdditions {
    private static final String PLUGIN = "AdditionsPlugin";

    private ElasticsearchAdditions() {}

    /** Writes a plugin folder. */
    static void compile(ElasticsearchKind kind, Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path source = ServerFiles.copyResource(PLUGIN + ".java", folder);
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), "-cp", jars(kind), source.toString());
        requireDone("javac", code);
        int packed = java.util.spi.ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "cf",
                        folder.resolve("additions.jar").toString(),
                        "-C",
                        classes.toString(),
                        ".");
        requireDone("jar", packed);
        Files.delete(source);
        ServerFiles.delete(classes);
        Files.write(
                folder.resolve("plugin-descriptor.properties"),
                List.of(
                        "description=What the minimal build lacks",
                        "version=1",
                        "name=additions",
                        "java.version=17",
                        "elasticsearch.version=" + kind.version(),
                        "classname=" + PLUGIN));
    }

    private static String jars(ElasticsearchKind kind) throws IOException {
        try (Stream<Path> files = Files.list(kind.home().resolve("lib"))) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static void requireDone(String tool, int code) {
        if (code != 0) {
            throw new IllegalStateException(
                    "Cannot build the additions for Elasticsearch: " + tool + " ended with code " + code + ".");
        }
    }
}
