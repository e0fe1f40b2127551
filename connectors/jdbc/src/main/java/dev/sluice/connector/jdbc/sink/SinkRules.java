package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.connector.jdbc.dialect.Dialects;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** What holds between the settings of the sink, and of the settings of one table, {@code table.<name>.…}. */
final class SinkRules {
    /** What the settings of one table begin with. */
    static final String TABLE = "table.";

    private static final List<String> TABLE_SETTINGS = List.of(
            ".insert.mode",
            ".pk.mode",
            ".pk.fields",
            ".fields.include",
            ".fields.exclude",
            ".fields.rename",
            ".delete.enabled");

    private static final List<String> SPEC_NAMES =
            List.of(SinkKeys.TABLE_FORMAT.name(), SinkKeys.TABLE_NORMALIZE.name(), "table.types");

    private SinkRules() {}

    static void checkDialect(Config config, ConfigProblems problems) {
        Optional<String> name = config.find(SinkKeys.DIALECT);
        if (name.isPresent() && Dialects.named(name.get()).isEmpty()) {
            problems.error(
                    SinkKeys.DIALECT,
                    "Cannot use dialect.name " + name.get() + ": there is no such dialect.",
                    "Leave it out, or choose one of " + Dialects.names() + ".");
        }
    }

    static void checkKey(Config config, ConfigProblems problems) {
        PkMode mode = config.get(SinkKeys.PK_MODE);
        int fields = config.get(SinkKeys.PK_FIELDS).size();
        if (mode == PkMode.KAFKA && fields != 0 && fields != 3) {
            problems.error(
                    SinkKeys.PK_FIELDS,
                    "Cannot use " + fields + " names in pk.fields: with pk.mode=kafka there are three.",
                    "Name the columns of topic, partition and offset, or leave it out.");
        }
        if (mode == PkMode.RECORD_HEADER && fields == 0) {
            problems.error(
                    SinkKeys.PK_FIELDS,
                    "Cannot use pk.mode=record_header without pk.fields: no header is named.",
                    "Name the headers that make the key.");
        }
        boolean hasTables = config.originals().keySet().stream().anyMatch(name -> name.endsWith(".pk.mode"));
        if (config.get(SinkKeys.INSERT_MODE).needsKey() && mode == PkMode.NONE && !hasTables) {
            problems.error(
                    SinkKeys.PK_MODE,
                    "Cannot " + word(config) + " with pk.mode=none: it takes a key to find a row.",
                    "Set pk.mode to record_key or record_value, and pk.fields.");
        }
        if (config.get(SinkKeys.DELETE_ENABLED) && mode == PkMode.NONE && !hasTables) {
            problems.error(
                    SinkKeys.DELETE_ENABLED,
                    "Cannot delete with pk.mode=none: it takes a key to find a row.",
                    "Set pk.mode=record_key.");
        }
    }

    private static String word(Config config) {
        return config.get(SinkKeys.INSERT_MODE).name().toLowerCase(Locale.ROOT);
    }

    static void checkChoices(Config config, ConfigProblems problems) {
        for (var key : List.of(SinkKeys.FIELDS_INCLUDE, SinkKeys.FIELDS_EXCLUDE)) {
            try {
                var unused = FieldRules.of(config.get(key), List.of(), List.of());
            } catch (PatternSyntaxException malformed) {
                problems.error(
                        key,
                        "Cannot use " + key.name() + ": " + malformed.getDescription() + " in an expression.",
                        "Write field, or topic:field with regular expressions.");
            }
        }
    }

    static void checkTables(Config config, ConfigProblems problems) {
        config.originals().forEach((name, value) -> {
            if (!name.startsWith(TABLE) || SPEC_NAMES.contains(name)) {
                return;
            }
            if (TABLE_SETTINGS.stream().noneMatch(name::endsWith)) {
                problems.add(ConfigProblem.warning(
                        name,
                        "Setting " + name + " is not known and has no effect.",
                        "Settings of one table end in " + String.join(", ", TABLE_SETTINGS) + "."));
            } else if (!isReadable(name, value)) {
                problems.add(ConfigProblem.error(
                        name, "Cannot use " + name + ": its value is none of this setting.", wanted(name)));
            }
        });
    }

    private static boolean isReadable(String name, String value) {
        try {
            if (name.endsWith(".insert.mode")) {
                return SinkKeys.INSERT_MODE.type().parse(value) != null;
            }
            if (name.endsWith(".pk.mode")) {
                return SinkKeys.PK_MODE.type().parse(value) != null;
            }
            if (name.endsWith(".delete.enabled")) {
                return SinkKeys.DELETE_ENABLED.type().parse(value) != null;
            }
            return !name.endsWith(".rename") || split(value).stream().allMatch(each -> each.matches("[^:]+:[^:]+"));
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static String wanted(String name) {
        return name.endsWith(".rename") ? "Write field:column." : "See the setting without the table's name.";
    }

    /** Returns the parts of a list in a setting of one table. */
    static List<String> split(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }
}
