package dev.sluice.runtime.plugin;

import dev.sluice.api.plugin.PluginKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes jars of plugins, with classes compiled on the spot or with files that only stand for classes. */
final class TestingJar {
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();

    /** Adds a file. */
    TestingJar file(String name, String content) {
        files.put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Adds a manifest with a version. */
    TestingJar version(String version) {
        return file("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nImplementation-Version: " + version + "\r\n\r\n");
    }

    /** Names classes in a service file without adding them. */
    TestingJar names(PluginKind kind, String... classNames) {
        return file("META-INF/services/" + kind.type().getName(), String.join("\n", classNames) + "\n");
    }

    /** Names classes in a service file and adds files that a scan takes for them; they cannot be loaded. */
    TestingJar offers(PluginKind kind, String... classNames) {
        for (String name : classNames) {
            file(name.replace('.', '/') + ".class", "not a class: " + name);
        }
        return names(kind, classNames);
    }

    /** Adds lines to the alias file. */
    TestingJar aliases(String... lines) {
        return file("META-INF/sluice/aliases.properties", String.join("\n", lines) + "\n");
    }

    /** Adds a class to be compiled, together with all others of this jar. */
    TestingJar source(String className, String code) {
        String declaration = "package " + className.substring(0, className.lastIndexOf('.')) + ";\n";
        sources.put(className, declaration + code);
        return this;
    }

    /** Adds the source of a predicate whose version is an expression, and names it in the service file. */
    TestingJar predicate(String className, String versionExpression) {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        return names(PluginKind.PREDICATE, className)
                .source(className, predicateSource(simple, "public " + simple + "() {}", versionExpression));
    }

    /** Returns the source of a predicate with members of its own and an expression as version. */
    static String predicateSource(String simpleName, String members, String versionExpression) {
        return """
                import dev.sluice.api.config.Config;
                import dev.sluice.api.config.ConfigSpec;
                import dev.sluice.api.record.ConnectRecord;

                public class %s implements dev.sluice.api.transform.Predicate {
                    %s

                    public ConfigSpec configSpec() { return ConfigSpec.of(); }

                    public void configure(Config config) {}

                    public boolean test(ConnectRecord<?> record) { return true; }

                    @Override public String version() { return %s; }
                }
                """.formatted(simpleName, members, versionExpression);
    }

    /** Writes the jar, and its folder if there is none. */
    Path writeTo(Path jar, Path... compileWith) throws IOException {
        compile(compileWith);
        Files.createDirectories(jar.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return jar;
    }

    /** Writes the files as they would be in the jar. */
    Path unpackTo(Path folder) throws IOException {
        compile();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        return folder;
    }

    /** Takes a file out again. */
    TestingJar without(String name, Path... compileWith) throws IOException {
        compile(compileWith);
        files.remove(name);
        return this;
    }

    private void compile(Path... compileWith) throws IOException {
        if (sources.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = sources.entrySet().stream()
                .map(source -> (JavaFileObject) new Source(source.getKey(), source.getValue()))
                .toList();
        try (ClassFiles output = new ClassFiles(compiler.getStandardFileManager(null, null, null))) {
            List<String> options = List.of("-proc:none", "--release", "17", "-classpath", classPath(compileWith));
            if (!compiler.getTask(null, output, null, options, null, units).call()) {
                throw new IllegalArgumentException("test sources do not compile: " + sources.keySet());
            }
            output.classes.forEach((name, bytes) -> files.put(name.replace('.', '/') + ".class", bytes.toByteArray()));
        }
        sources.clear();
    }

    private static String classPath(Path... further) {
        List<String> parts = new ArrayList<>();
        for (Class<?> type :
                List.of(PluginKind.class, org.slf4j.Logger.class, org.jspecify.annotations.NullMarked.class)) {
            try {
                parts.add(Path.of(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
        for (Path path : further) {
            parts.add(path.toString());
        }
        return parts.stream().collect(Collectors.joining(java.io.File.pathSeparator));
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String className, String code) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }

    /** Keeps compiled classes in memory. */
    private static final class ClassFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

        ClassFiles(StandardJavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + className.replace('.', '/')), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return classes.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
