package dev.sluice.runtime.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The files of one jar or of one folder of class files, by their names with slashes. */
sealed interface ClassSource extends AutoCloseable {
    /** The most that is read of a service, alias or manifest file. */
    int FILE_BYTES_MAX = 1 << 20;

    static ClassSource open(Path path) throws IOException {
        return Files.isDirectory(path) ? new Folder(path) : new Jar(path, new ZipFile(path.toFile()));
    }

    /** The jar or folder. */
    Path path();

    boolean has(String name);

    /** Returns the content of a small file, empty if there is none. */
    byte[] read(String name) throws IOException;

    @Override
    void close() throws IOException;

    /** Returns the {@code Implementation-Version} of the manifest, null if it names none. */
    default @Nullable String version() throws IOException {
        Manifest manifest = new Manifest(new ByteArrayInputStream(read("META-INF/MANIFEST.MF")));
        String version = manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        return version == null || version.isBlank() ? null : version.trim();
    }

    /** A zip file; looking for a name costs a look into its directory. */
    record Jar(Path path, ZipFile zip) implements ClassSource {
        @Override
        public boolean has(String name) {
            return zip.getEntry(name) != null;
        }

        @Override
        public byte[] read(String name) throws IOException {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                return new byte[0];
            }
            try (InputStream content = zip.getInputStream(entry)) {
                return content.readNBytes(FILE_BYTES_MAX);
            }
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    /** A folder of class files. */
    record Folder(Path path) implements ClassSource {
        @Override
        public boolean has(String name) {
            return Files.isRegularFile(path.resolve(name));
        }

        @Override
        public byte[] read(String name) throws IOException {
            if (!has(name)) {
                return new byte[0];
            }
            try (InputStream content = Files.newInputStream(path.resolve(name))) {
                return content.readNBytes(FILE_BYTES_MAX);
            }
        }

        @Override
        public void close() {}
    }
}
