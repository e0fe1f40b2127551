package dev.sluice.plugin.standard.transform;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.transform.Transformation;

/** A transformation of either the key or the value; the nested classes of each say which. */
public abstract class PartTransformation implements Transformation {
    private final Part part;

    PartTransformation(Part part) {
        this.part = part;
    }

    @Override
    @SuppressWarnings(
            "ReferenceEquality") // The very same object means that nothing changed; comparing would cost more.
    public <R extends ConnectRecord<R>> R apply(R record) {
        SchemaAndValue data = part.of(record);
        SchemaAndValue changed = change(data, record);
        return changed == data ? record : part.replace(record, changed);
    }

    /**
     * Returns what the part becomes; the very object that was given if nothing changes.
     *
     * @param record the record that the part is of, for what else it says
     */
    abstract SchemaAndValue change(SchemaAndValue data, ConnectRecord<?> record);

    /** Returns which part this is about, for messages. */
    final Part part() {
        return part;
    }

    /** Returns the requirements of this transformation, whose messages begin with what it does. */
    final Requirements requirements(String purpose) {
        return new Requirements(purpose, part);
    }
}
