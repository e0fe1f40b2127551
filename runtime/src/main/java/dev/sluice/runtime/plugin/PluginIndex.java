package dev.sluice.runtime.plugin;

import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.api.plugin.PluginKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file format of a plugin index: lines of tab-separated UTF-8 fields.
 *
 * <pre>
 * sluice-plugin-index  1
 * location  path  class name of its bridge or -  checksum of the bridges, hex
 * jar  size  checksum, hex  path below the location
 * plugin  kind  version  class name  alias …
 * end  CRC-32 of all lines above, hex
 * </pre>
 *
 * <p>Jars and plugins follow their location. Locations below the index's own folder are written relative to it, so that
 * both can be moved together. A file of another version, or one that is torn or damaged, counts as no index: everything
 * in it can be read from the jars again. That is also why writing may fail without consequences.
 */
final class PluginIndex {
    private static final Logger LOG = LoggerFactory.getLogger(PluginIndex.class);
    private static final String FIRST_LINE = "sluice-plugin-index\t1\n";
    private static final String LOCATION = "location\t";
    private static final String NO_BRIDGE = "-";
    private static final long SIZE_BYTES_MAX = 16 << 20;

    private PluginIndex() {}

    /** Returns the entries of an index by location; none if the file is missing or of no use. */
    static Map<Path, IndexEntry> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        try {
            if (Files.size(file) > SIZE_BYTES_MAX) {
                throw new IOException("larger than " + SIZE_BYTES_MAX + " bytes");
            }
            return parse(Files.readString(file), folderOf(file));
        } catch (IOException | RuntimeException e) {
            LOG.atInfo()
                    .addKeyValue("index", file)
                    .addKeyValue("error", e)
                    .log("plugin index is of no use, reads jars");
            return Map.of();
        }
    }

    private static Path folderOf(Path file) {
        return file.toAbsolutePath().normalize().resolveSibling("");
    }

    private static Map<Path, IndexEntry> parse(String text, Path base) throws IOException {
        int end = text.lastIndexOf("end\t");
        if (!text.startsWith(FIRST_LINE) || end < 0 || !text.substring(end).equals(lastLine(text.substring(0, end)))) {
            throw new IOException("of another version, torn or damaged");
        }
        Map<Path, IndexEntry> entries = new HashMap<>();
        String body = text.substring(FIRST_LINE.length(), end);
        List<String> lines = body.isEmpty() ? List.of() : List.of(body.split("\n", 0));
        for (int from = 0, to; from < lines.size(); from = to) {
            to = from + 1;
            while (to < lines.size() && !lines.get(to).startsWith(LOCATION)) {
                to++;
            }
            IndexEntry entry = entry(lines.subList(from, to), base);
            entries.put(entry.contents().location().path(), entry);
        }
        return entries;
    }

    private static IndexEntry entry(List<String> lines, Path base) {
        String[] location = lines.get(0).split("\t", -1);
        List<JarStamp> jars = new ArrayList<>();
        List<PluginDescriptor> plugins = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split("\t", -1);
            if (fields[0].equals("jar")) {
                jars.add(new JarStamp(fields[3], Long.parseLong(fields[1]), Long.parseLong(fields[2], 16)));
            } else {
                Set<String> aliases = Set.copyOf(List.of(fields).subList(4, fields.length));
                plugins.add(new PluginDescriptor(PluginKind.valueOf(fields[1]), fields[3], fields[2], aliases));
            }
        }
        String bridge = location[2].equals(NO_BRIDGE) ? null : location[2];
        Path path = base.resolve(location[1]).normalize();
        return new IndexEntry(new Contents(new Location(path, jars), bridge, plugins), Long.parseLong(location[3], 16));
    }

    /** Replaces the file at once, unless it holds just this already. */
    static void write(Path file, Collection<IndexEntry> entries) {
        Path absolute = file.toAbsolutePath().normalize();
        byte[] text = text(entries, folderOf(file)).getBytes(StandardCharsets.UTF_8);
        try {
            if (!Files.isRegularFile(absolute) || !Arrays.equals(Files.readAllBytes(absolute), text)) {
                replace(absolute, text);
            }
        } catch (IOException e) {
            LOG.atInfo().addKeyValue("index", file).addKeyValue("error", e).log("plugin index cannot be written");
        }
    }

    private static void replace(Path file, byte[] text) throws IOException {
        // Not a temporary file of the JDK, which only its owner may read: an index may be shipped to other users.
        long process = ProcessHandle.current().pid();
        Path draft = file.resolveSibling("." + file.getFileName() + "." + process + ".tmp");
        try {
            Files.write(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static String text(Collection<IndexEntry> entries, Path base) {
        StringBuilder text = new StringBuilder(FIRST_LINE);
        for (IndexEntry entry : entries) {
            String block = block(entry, base);
            if (isPlain(block, entry)) {
                text.append(block);
            }
        }
        return text.append(lastLine(text.toString())).toString();
    }

    private static String block(IndexEntry entry, Path base) {
        Contents contents = entry.contents();
        Path path = contents.location().path();
        String shown = (path.startsWith(base) ? base.relativize(path) : path)
                .toString()
                .replace('\\', '/');
        String bridge = contents.bridge() == null ? NO_BRIDGE : contents.bridge();
        StringBuilder block = new StringBuilder(line("location", shown, bridge, Long.toHexString(entry.bridgesCrc())));
        for (JarStamp jar : contents.location().jars()) {
            block.append(line("jar", String.valueOf(jar.sizeBytes()), Long.toHexString(jar.crc()), jar.relativePath()));
        }
        for (PluginDescriptor plugin : contents.descriptors()) {
            List<String> fields =
                    new ArrayList<>(List.of("plugin", plugin.kind().name(), plugin.version(), plugin.className()));
            fields.addAll(new TreeSet<>(plugin.aliases()));
            block.append(line(fields.toArray(String[]::new)));
        }
        return block.toString();
    }

    private static String line(String... fields) {
        return String.join("\t", fields) + "\n";
    }

    /** Returns whether the block reads back as the entry: names with tabs or line ends in them do not. */
    private static boolean isPlain(String block, IndexEntry entry) {
        Contents contents = entry.contents();
        long aliases = contents.descriptors().stream()
                .mapToLong(plugin -> plugin.aliases().size())
                .sum();
        long jars = contents.location().jars().size();
        long plugins = contents.descriptors().size();
        return count(block, '\n') == 1 + jars + plugins
                && count(block, '\r') == 0
                && count(block, '\t') == 3 + 3 * jars + 3 * plugins + aliases;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(each -> each == wanted).count();
    }

    private static String lastLine(String above) {
        CRC32 crc = new CRC32();
        crc.update(above.getBytes(StandardCharsets.UTF_8));
        return line("end", Long.toHexString(crc.getValue()));
    }
}
