package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblems;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** What must hold between the settings of what is written. Pure. */
final class WriteChecks {
    private WriteChecks() {}

    static void checkFields(Config config, ConfigProblems problems) {
        for (var key : List.of(WriteKeys.FIELDS_INCLUDE, WriteKeys.FIELDS_EXCLUDE)) {
            try {
                var unused = FieldRules.of(config.get(key), List.of(), List.of());
            } catch (PatternSyntaxException malformed) {
                problems.error(
                        key,
                        "Cannot use " + key.name() + ": " + malformed.getDescription() + " in an expression.",
                        "Write field, or topic:field with regular expressions.");
            }
        }
        List<String> names = config.get(WriteKeys.FIELDS_RENAME).stream()
                .map(text -> text.substring(text.indexOf(':') + 1))
                .toList();
        if (names.stream().distinct().count() < names.size()) {
            problems.error(
                    WriteKeys.FIELDS_RENAME,
                    "Cannot use fields.rename: two fields get the same name.",
                    "Give each its own.");
        }
    }

    static void checkScript(Config config, ConfigProblems problems) {
        boolean isScript = config.get(WriteKeys.WRITE_METHOD) == WriteMethod.SCRIPT;
        boolean hasSource = config.find(WriteKeys.SCRIPT_SOURCE).isPresent();
        boolean hasId = config.find(WriteKeys.SCRIPT_ID).isPresent();
        if (isScript && hasSource == hasId) {
            problems.error(
                    WriteKeys.SCRIPT_SOURCE,
                    "Cannot use write.method=script with " + (hasSource ? "both" : "neither") + " script.source "
                            + (hasSource ? "and" : "nor") + " script.id: one says what the script is.",
                    "Set one of them.");
        }
        if (!isScript && (hasSource || hasId)) {
            problems.warning(
                    hasSource ? WriteKeys.SCRIPT_SOURCE : WriteKeys.SCRIPT_ID,
                    "The script is not used: write.method is not script.");
        }
    }

    static void checkNulls(Config config, ConfigProblems problems) {
        boolean isClear = config.get(WriteKeys.NULL_VALUES) == NullValues.CLEAR;
        if (!isClear) {
            return;
        }
        if (config.get(WriteKeys.CLEAR_FIELDS).isEmpty()) {
            problems.error(
                    WriteKeys.CLEAR_FIELDS,
                    "Cannot use behavior.on.null.values=clear without clear.fields: nothing is named to be emptied.",
                    "Name the fields.");
        }
        if (!config.get(WriteKeys.WRITE_METHOD).isUpdate()) {
            problems.error(
                    WriteKeys.NULL_VALUES,
                    "Cannot use behavior.on.null.values=clear where documents are written whole: their versions would mix with"
                            + " those that the server counts for changes, and newer documents could be refused.",
                    "Set write.method=upsert.");
        }
    }

    static void checkRouting(Config config, ConfigProblems problems) {
        checkAiven(config, problems);
        boolean hasJoin = config.find(WriteKeys.JOIN_FIELD).isPresent();
        if (config.find(WriteKeys.JOIN_PARENT).isPresent() && !hasJoin) {
            problems.error(
                    WriteKeys.JOIN_FIELD,
                    "Cannot use join.parent without join.field: it says in which field the relation stands.",
                    "Set join.field.");
        }
        DocumentConfig.routing(config).ifPresent(text -> {
            ConfigKey<?> key = config.find(WriteKeys.ROUTING).isPresent() ? WriteKeys.ROUTING : WriteKeys.ROUTING_TYPE;
            DocumentChecks.checkTemplate(key, text, problems);
            checkDeletes(config, key, text, problems);
        });
        for (var key : List.of(WriteKeys.PIPELINE, WriteKeys.JOIN_PARENT)) {
            config.find(key).ifPresent(text -> DocumentChecks.checkTemplate(key, text, problems));
        }
        DocumentChecks.checkTemplate(WriteKeys.JOIN_NAME, config.get(WriteKeys.JOIN_NAME), problems);
        config.find(WriteKeys.JOIN_PARENT)
                .filter(text -> DocumentConfig.routing(config).isEmpty())
                .ifPresent(text -> checkDeletes(config, WriteKeys.JOIN_PARENT, text, problems));
        checkDeletes(config, IndexKeys.INDEX_NAME, config.get(IndexKeys.INDEX_NAME), problems);
    }

    private static void checkAiven(Config config, ConfigProblems problems) {
        WriteKeys.RoutingType type = config.get(WriteKeys.ROUTING_TYPE);
        if (type == WriteKeys.RoutingType.VALUE
                && config.find(WriteKeys.ROUTING_PATH).isEmpty()) {
            problems.error(
                    WriteKeys.ROUTING_PATH,
                    "Cannot use routing.type=value without routing.type.record.value.path: no field is named.",
                    "Set it to a JSON pointer such as /customer/id.");
        }
        if (type != WriteKeys.RoutingType.NONE && config.find(WriteKeys.ROUTING).isPresent()) {
            problems.error(
                    WriteKeys.ROUTING_TYPE,
                    "Cannot use routing.type with document.routing: both say what chooses the shard.",
                    "Leave one of them out.");
        }
    }

    /** A tombstone has no value and a time of its own: what names the place by them sends the delete elsewhere. */
    private static void checkDeletes(Config config, ConfigKey<?> key, String text, ConfigProblems problems) {
        NullValues onNull = config.get(WriteKeys.NULL_VALUES);
        Optional<Template> template = DocumentChecks.template(text);
        if (template.isEmpty() || (onNull != NullValues.DELETE && onNull != NullValues.CLEAR)) {
            return;
        }
        String delete = "behavior.on.null.values=" + DocumentChecks.lower(onNull);
        if (template.get().readsValue()) {
            problems.error(
                    key,
                    "Cannot use " + key.name() + "=" + text + " with " + delete
                            + ": a record without a value has no fields, so its document would be looked for in another place.",
                    "Name the place by the key or a header, or set behavior.on.null.values=ignore.");
        } else if (template.get().readsTime()) {
            problems.add(ConfigProblem.warning(
                    key.name(),
                    "With " + key.name() + "=" + text
                            + ", a record without a value deletes only where its own time points to.",
                    "Documents of other times stay."));
        }
    }
}
