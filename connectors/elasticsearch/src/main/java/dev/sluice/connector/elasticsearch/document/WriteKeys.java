package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import java.util.List;

/** Settings of what is written: operation, id, version, body. The names are Confluent's; Aiven's are understood. */
final class WriteKeys {
    private static final String WRITING = "Documents";
    private static final String IDS = "Ids and versions";
    private static final String BAD = "Bad records";

    static final ConfigKey<WriteMethod> WRITE_METHOD = ConfigKey.enumeration("write.method", WriteMethod.class)
            .alias("index.write.method")
            .defaultsTo(WriteMethod.INSERT)
            .doc("What a record does to its document: insert (index is another word for it) writes it whole; create"
                    + " only if there is none; update changes fields of one that is there; upsert changes or"
                    + " writes; script gives the record to a script.")
            .importance(Importance.HIGH)
            .group(WRITING)
            .width(Width.SHORT);

    static final ConfigKey<Boolean> COMPACT_MAPS = ConfigKey.bool("compact.map.entries")
            .defaultsTo(true)
            .doc("Whether maps with texts as keys are written as objects; otherwise as arrays of objects with key"
                    + " and value.")
            .importance(Importance.LOW)
            .group(WRITING)
            .width(Width.SHORT);

    static final ConfigKey<Boolean> REPLACE_NULL = ConfigKey.bool("replace.null.with.default")
            .extended()
            .defaultsTo(true)
            .doc("Whether null becomes the default of the field's schema, where it has one.")
            .importance(Importance.LOW)
            .group(WRITING)
            .width(Width.SHORT);

    static final ConfigKey<List<String>> FIELDS_INCLUDE = ConfigKey.list("fields.include")
            .extended()
            .defaultsTo(List.of())
            .doc(
                    "Fields of the value that stand in the document, as field or as topic:field with expressions; left out, all.")
            .group(WRITING)
            .width(Width.LONG);

    static final ConfigKey<List<String>> FIELDS_EXCLUDE = ConfigKey.list("fields.exclude")
            .extended()
            .defaultsTo(List.of())
            .doc("Fields of the value that do not, as field or as topic:field with expressions.")
            .group(WRITING)
            .width(Width.LONG);

    static final ConfigKey<List<String>> FIELDS_RENAME = ConfigKey.list("fields.rename")
            .extended()
            .defaultsTo(List.of())
            .check(Check.each(Check.of("field:name", text -> text.matches("[^:]+:[^:]+"))))
            .doc("Fields that have another name in the document, as field:name.")
            .group(WRITING)
            .width(Width.LONG);

    static final ConfigKey<List<String>> CLEAR_FIELDS = ConfigKey.list("clear.fields")
            .extended()
            .defaultsTo(List.of())
            .check(Check.distinct())
            .doc(
                    "Fields, such as address.city, that a record without a value sets to null with behavior.on.null.values=clear.")
            .importance(Importance.LOW)
            .group(WRITING)
            .width(Width.LONG);

    static final ConfigKey<String> SCRIPT_SOURCE = ConfigKey.string("script.source")
            .extended()
            .optional()
            .doc(
                    "Script for write.method=script, which changes ctx._source by params.doc, the record's value; params has topic,"
                            + " partition and offset too.")
            .group(WRITING)
            .width(Width.LONG);

    static final ConfigKey<String> SCRIPT_ID = ConfigKey.string("script.id")
            .extended()
            .optional()
            .doc("Id of a script that the cluster has stored, instead of script.source.")
            .importance(Importance.LOW)
            .group(WRITING)
            .width(Width.MEDIUM);

    static final ConfigKey<String> SCRIPT_LANG = ConfigKey.string("script.lang")
            .extended()
            .defaultsTo("painless")
            .check(Check.nonEmpty())
            .doc("Language of script.source.")
            .importance(Importance.LOW)
            .group(WRITING)
            .width(Width.SHORT);

    static final ConfigKey<Script.Missing> SCRIPT_MISSING = ConfigKey.enumeration(
                    "script.missing", Script.Missing.class)
            .extended()
            .defaultsTo(Script.Missing.SCRIPT)
            .doc(
                    "What happens where there is no document yet: script runs it on an empty one, document writes the record's value,"
                            + " ignore does nothing.")
            .importance(Importance.LOW)
            .group(WRITING)
            .width(Width.SHORT);

    static final ConfigKey<String> PIPELINE = ConfigKey.string("ingest.pipeline")
            .extended()
            .optional()
            .doc("Ingest pipeline through which documents go, with places as in index.name.")
            .group(WRITING)
            .width(Width.MEDIUM);

    static final ConfigKey<RoutingType> ROUTING_TYPE = ConfigKey.enumeration("routing.type", RoutingType.class)
            .extended()
            .defaultsTo(RoutingType.NONE)
            .doc(
                    "Aiven's word for what chooses the shard: none for the id, key for the record's key, value for a field of the value.")
            .importance(Importance.LOW)
            .group(WRITING)
            .width(Width.SHORT);

    static final ConfigKey<String> ROUTING_PATH = ConfigKey.string("routing.type.record.value.path")
            .extended()
            .optional()
            .doc("The field with routing.type=value, as JSON pointer: /customer/id.")
            .importance(Importance.LOW)
            .group(WRITING)
            .width(Width.MEDIUM);

    static final ConfigKey<String> ROUTING = ConfigKey.string("document.routing")
            .extended()
            .optional()
            .doc(
                    "Text that chooses the shard of a document, with places as in index.name: {field:customer.id}, {header:tenant}.")
            .group(WRITING)
            .width(Width.MEDIUM);

    static final ConfigKey<String> JOIN_FIELD = ConfigKey.string("join.field")
            .extended()
            .optional()
            .check(Check.nonEmpty())
            .doc("Field of type join, by which documents of an index are parents and children.")
            .importance(Importance.LOW)
            .group(WRITING)
            .width(Width.MEDIUM);

    static final ConfigKey<String> JOIN_NAME = ConfigKey.string("join.name")
            .extended()
            .defaultsTo("${topic}")
            .check(Check.nonEmpty())
            .doc("Name of the document's part in the relation, with places as in index.name.")
            .importance(Importance.LOW)
            .group(WRITING)
            .width(Width.MEDIUM);

    static final ConfigKey<String> JOIN_PARENT = ConfigKey.string("join.parent")
            .extended()
            .optional()
            .doc(
                    "Id of the document's parent, with places as in index.name; a record that has nothing for it is a parent. Children"
                            + " are routed by it, unless document.routing says otherwise.")
            .importance(Importance.LOW)
            .group(WRITING)
            .width(Width.MEDIUM);

    static final ConfigKey<Boolean> KEY_IGNORE = ConfigKey.bool("key.ignore")
            .defaultsTo(false)
            .doc("Whether ids are made of topic, partition and offset instead of the record's key.")
            .importance(Importance.HIGH)
            .group(IDS)
            .width(Width.SHORT);

    static final ConfigKey<List<String>> TOPIC_KEY_IGNORE = ConfigKey.list("topic.key.ignore")
            .defaultsTo(List.of())
            .doc("Topics of which ids are made of topic, partition and offset, whatever holds for the others.")
            .importance(Importance.LOW)
            .group(IDS)
            .width(Width.LONG);

    static final ConfigKey<String> KEY_IGNORE_STRATEGY = ConfigKey.string("key.ignore.id.strategy")
            .extended()
            .defaultsTo("topic.partition.offset")
            .check(Check.oneOfIgnoringCase("none", "record.key", "topic.partition.offset"))
            .doc("Aiven's word for what an id is made of with key.ignore=true: none lets the server make it,"
                    + " record.key is the key after all.")
            .importance(Importance.LOW)
            .group(IDS)
            .width(Width.SHORT);

    static final ConfigKey<Boolean> AUTOGENERATED = ConfigKey.bool("use.autogenerated.ids")
            .defaultsTo(false)
            .doc("Whether the server makes ids. A record that is sent again after a failure is then there twice.")
            .group(IDS)
            .width(Width.SHORT);

    static final ConfigKey<IdMode> ID_MODE = ConfigKey.enumeration("id.mode", IdMode.class)
            .extended()
            .optional()
            .doc("Where ids come from: record_key, record_value, record_header, kafka (topic, partition, offset) or"
                    + " none (made by the server). Left out, key.ignore and use.autogenerated.ids decide, so"
                    + " record_key.")
            .group(IDS)
            .width(Width.SHORT);

    static final ConfigKey<List<String>> ID_FIELDS = ConfigKey.list("id.fields")
            .extended()
            .defaultsTo(List.of())
            .check(Check.distinct())
            .doc("Fields (such as customer.id) or headers that make the id, in this order; left out, all fields of"
                    + " a key that is a struct.")
            .group(IDS)
            .width(Width.LONG);

    static final ConfigKey<String> ID_SEPARATOR = ConfigKey.string("id.separator")
            .extended()
            .defaultsTo("|")
            .check(Check.nonEmpty())
            .doc("Text between the parts of an id that has several. Where a part contains it, it is written as %XX"
                    + " there.")
            .importance(Importance.LOW)
            .group(IDS)
            .width(Width.SHORT);

    static final ConfigKey<LongIds> ID_TOO_LONG = ConfigKey.enumeration("id.too.long", LongIds.class)
            .extended()
            .defaultsTo(LongIds.FAIL)
            .doc("What happens where an id has more than the 512 bytes that servers take: fail makes it a bad"
                    + " record, hash writes sha256: and the digest of the id instead.")
            .importance(Importance.LOW)
            .group(IDS)
            .width(Width.SHORT);

    static final ConfigKey<VersionSource> VERSION = ConfigKey.enumeration("document.version", VersionSource.class)
            .extended()
            .defaultsTo(VersionSource.AUTO)
            .doc("What versions of documents are, by which the server refuses what is older than what it has: the"
                    + " record's offset or timestamp, or none. auto is offset where the whole key makes the id,"
                    + " unless records of several topics can meet in one index.")
            .group(IDS)
            .width(Width.SHORT);

    static final ConfigKey<String> VERSION_HEADER = ConfigKey.string("external.version.header")
            .defaultsTo("")
            .doc("Header with a whole number that is the document's version; empty for none.")
            .importance(Importance.LOW)
            .group(IDS)
            .width(Width.MEDIUM);

    static final ConfigKey<Boolean> DROP_INVALID = ConfigKey.bool("drop.invalid.message")
            .defaultsTo(false)
            .doc("Whether records that cannot become a document are left out, and logged, instead of failing the"
                    + " task. Dead letters, if there are any, get them first.")
            .importance(Importance.LOW)
            .group(BAD)
            .width(Width.SHORT);

    static final ConfigKey<NullValues> NULL_VALUES = ConfigKey.enumeration("behavior.on.null.values", NullValues.class)
            .defaultsTo(NullValues.FAIL)
            .doc("What a record without a value does: ignore leaves it out, delete deletes the document of its key,"
                    + " clear empties the fields of clear.fields in it, fail makes it a bad record.")
            .importance(Importance.LOW)
            .group(BAD)
            .width(Width.SHORT);

    static final ConfigKey<Reaction> MALFORMED = ConfigKey.enumeration(
                    "behavior.on.malformed.documents", Reaction.class)
            .defaultsTo(Reaction.FAIL)
            .doc("What happens when the server refuses a document for what is in it: ignore, warn (leaves it out"
                    + " and logs it), fail and report (a bad record, by the connector's error settings).")
            .importance(Importance.LOW)
            .group(BAD)
            .width(Width.SHORT);

    static final ConfigKey<Reaction> CONFLICT = ConfigKey.enumeration("behavior.on.version.conflict", Reaction.class)
            .extended()
            .defaultsTo(Reaction.IGNORE)
            .doc("What happens when the server has a version that is as new as the record's, or a document that"
                    + " create wanted to write: the same words. A record that is sent again after a failure"
                    + " conflicts with itself.")
            .importance(Importance.LOW)
            .group(BAD)
            .width(Width.SHORT);

    private WriteKeys() {}

    /** What happens to ids that are too long. */
    enum LongIds {
        /** The record is a bad one. */
        FAIL,
        /** The id is replaced by its digest. */
        HASH
    }

    /** What chooses the shard. */
    enum RoutingType {
        /** The id. */
        NONE,
        /** The record's key. */
        KEY,
        /** A field of the value. */
        VALUE
    }

    /** What versions are. */
    enum VersionSource {
        /** The offset where that is safe, else none. */
        AUTO,
        /** The record's offset. */
        OFFSET,
        /** The record's timestamp. */
        TIMESTAMP,
        /** There are none. */
        NONE
    }
}
