package dev.sluice.connector.elasticsearch.document;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How documents are parents and children of each other.
 *
 * @param field the field of type join
 * @param name what the document is in the relation
 * @param parent the id of its parent, or null where all are parents; a record that has none is a parent
 */
record Joins(String field, Template name, @Nullable Template parent) {
    /** Returns the field's value. */
    Map<String, ?> value(RecordView view) {
        String own = name.fill(view, "name the relation of a document");
        String parentId = parentId(view);
        if (parentId == null) {
            return Map.of(field, own);
        }
        Map<String, String> relation = new LinkedHashMap<>();
        relation.put("name", own);
        relation.put("parent", parentId);
        return Map.of(field, relation);
    }

    /** Returns the id of the parent, by which the document must be routed, or null. */
    @Nullable
    String parentId(RecordView view) {
        return parent == null ? null : parent.fillOrNull(view);
    }
}
