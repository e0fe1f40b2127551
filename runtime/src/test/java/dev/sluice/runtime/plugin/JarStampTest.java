package dev.sluice.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JarStampTest {
    private static final int TAIL_BYTES = 64 * 1024;

    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void nameTheJar() {
        jar = folder.resolve("lib/some.jar");
    }

    @Test
    void staysWhenTheFileIsCopiedAndTouched() throws IOException {
        Path copy = folder.resolve("elsewhere/lib/some.jar");
        Files.createDirectories(copy.getParent());
        Files.copy(new TestingJar().file("a.txt", "hello").writeTo(jar), copy);
        Files.setLastModifiedTime(copy, FileTime.fromMillis(12_345));

        assertThat(JarStamp.of(folder.resolve("elsewhere"), copy)).isEqualTo(JarStamp.of(folder, jar));
    }

    @Test
    void changesWithTheContentOfAnEntryOfTheSameSize() throws IOException {
        JarStamp before =
                JarStamp.of(folder, new TestingJar().file("a.txt", "hello").writeTo(jar));
        JarStamp after =
                JarStamp.of(folder, new TestingJar().file("a.txt", "jello").writeTo(jar));

        assertThat(after.sizeBytes()).isEqualTo(before.sizeBytes());
        assertThat(after.crc()).isNotEqualTo(before.crc());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500, 1_000, 1_100, 1_200, 5_000})
    void coversTheWholeZipDirectoryAndNothingElse(int entryCount) throws IOException {
        Files.createDirectories(jar.getParent());
        writeZip(entryCount);
        byte[] bytes = Files.readAllBytes(jar);
        int directory = directoryStart(bytes);
        CRC32 expected = new CRC32();
        expected.update(bytes, directory, bytes.length - directory);

        assertThat(JarStamp.of(folder, jar)).isEqualTo(new JarStamp("lib/some.jar", bytes.length, expected.getValue()));
    }

    private void writeZip(int entryCount) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (int i = 0; i < entryCount; i++) {
                zip.putNextEntry(new ZipEntry("entry-%06d".formatted(i)));
                zip.closeEntry();
            }
        }
    }

    private static int directoryStart(byte[] zip) {
        int record = zip.length - 22;
        return (zip[record + 16] & 255)
                | (zip[record + 17] & 255) << 8
                | (zip[record + 18] & 255) << 16
                | (zip[record + 19] & 255) << 24;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 21, 22, 23, TAIL_BYTES - 1, TAIL_BYTES, TAIL_BYTES + 1, 3 * TAIL_BYTES})
    void stampsFilesThatAreNoZipByTheirEnd(int size) throws IOException {
        Files.createDirectories(jar.getParent());
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 'x');
        Files.write(jar, bytes);
        int start = Math.max(0, size - 22 - TAIL_BYTES);
        CRC32 expected = new CRC32();
        expected.update(bytes, start, size - start);

        assertThat(JarStamp.of(folder, jar)).isEqualTo(new JarStamp("lib/some.jar", size, expected.getValue()));
    }

    @Test
    void survivesAnEndRecordThatLies() throws IOException {
        new TestingJar().file("a.txt", "hello").writeTo(jar);
        byte[] bytes = Files.readAllBytes(jar);
        Arrays.fill(bytes, bytes.length - 10, bytes.length - 7, (byte) 0xff);
        bytes[bytes.length - 7] = 0x7f;
        Files.write(jar, bytes);
        CRC32 expected = new CRC32();
        expected.update(bytes);

        assertThat(JarStamp.of(folder, jar).crc()).isEqualTo(expected.getValue());
    }
}
