package dev.sluice.connector.jdbc.source;

import dev.sluice.api.connector.OffsetReader;
import dev.sluice.api.record.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that may have been delivered for one table, in blocks that are offsets of source partitions of their own:
 * {@code {…, "keys": slot}}. Every key stands in it before its record is handed over; one that is in it twice, or whose
 * record never came, does no harm. Belongs to the reading thread.
 *
 * <p>New keys go into a small block, the tail, which is stored with each batch. A full one is poured into a large block. So a
 * key is written about ten times in all, and a million of them lie in some dozen offsets.
 */
final class KeyLedger {
    static final String NAME = "keys";
    private static final Logger LOG = LoggerFactory.getLogger(KeyLedger.class);
    private static final int TAIL_BYTES = 16 << 10;
    private static final int BLOCK_BYTES = 256 << 10;
    private static final String TAIL = "tail";

    private final Map<String, @Nullable Object> table;
    private final String writer;
    private final String signature;
    private final TreeMap<String, KeyBlock> blocks = new TreeMap<>();
    private final List<byte[]> tail = new ArrayList<>();
    private int tailBytes;
    private long addedCount;

    private KeyLedger(Map<String, @Nullable Object> table, String writer, String signature) {
        this.table = table;
        this.writer = writer;
        this.signature = signature;
    }

    /**
     * Reads what is stored.
     *
     * @param writer what the slots that are written begin with; with the empty text those of all writers are read
     */
    static KeyLedger of(Target target, String writer, OffsetReader offsets, KeyForm form) {
        KeyLedger ledger = new KeyLedger(target.partition(), writer, form.signature());
        Object table = ledger.table.get("table");
        offsets.all().forEach((partition, offset) -> {
            boolean isOfTable = Objects.equals(partition.get("table"), table);
            if (isOfTable && partition.get(NAME) instanceof String slot && slot.startsWith(writer)) {
                ledger.load(slot, KeyBlock.of(offset));
            }
        });
        ledger.reopenTail();
        return ledger;
    }

    private void load(String slot, KeyBlock block) {
        boolean isOurs = block.count() == 0 || block.signature().equals(signature);
        if (!isOurs) {
            LOG.atWarn()
                    .addKeyValue("table", table)
                    .addKeyValue("before", block.signature())
                    .addKeyValue("now", signature)
                    .log(
                            "the key of a table has changed: keys of before are forgotten, their records stay as they are");
        }
        blocks.put(slot, isOurs ? block : KeyBlock.of(signature, List.of()));
    }

    /** Begins to fill the tail where it was left. */
    private void reopenTail() {
        tail.clear();
        tailBytes = 0;
        KeyBlock stored = blocks.get(writer + TAIL);
        if (stored != null) {
            tail.addAll(stored.keys());
            tailBytes = stored.sizeBytes();
        }
    }

    /** Returns how many keys there are, some of them twice. */
    long count() {
        return blocks.values().stream().mapToLong(KeyBlock::count).sum();
    }

    /** Returns how many keys were added since this was asked to forget it. */
    long addedCount() {
        return addedCount;
    }

    /** Returns where keys stand. */
    List<String> slots() {
        return List.copyOf(blocks.keySet());
    }

    List<byte[]> keys(String slot) {
        return Objects.requireNonNull(blocks.get(slot), slot).keys();
    }

    /** Adds keys; returns what must be stored before their records are handed over. */
    List<SourcePosition> add(List<byte[]> keys) {
        addedCount += keys.size();
        for (byte[] key : keys) {
            tail.add(key);
            tailBytes += key.length + 1;
        }
        return tailBytes <= TAIL_BYTES ? List.of(store(writer + TAIL, tail)) : pour();
    }

    /** Moves the tail into large blocks. What is stored of it stays until the next key comes, which does no harm. */
    private List<SourcePosition> pour() {
        List<SourcePosition> positions = new ArrayList<>();
        String slot = roomy();
        List<byte[]> filling = new ArrayList<>(blocks.containsKey(slot) ? keys(slot) : List.of());
        int bytes = filling.stream().mapToInt(key -> key.length + 1).sum();
        for (byte[] key : tail) {
            if (bytes + key.length > BLOCK_BYTES && !filling.isEmpty()) {
                positions.add(store(slot, filling));
                slot = roomy();
                filling = new ArrayList<>(blocks.containsKey(slot) ? keys(slot) : List.of());
                bytes = filling.stream().mapToInt(old -> old.length + 1).sum();
            }
            filling.add(key);
            bytes += key.length + 1;
        }
        positions.add(store(slot, filling));
        tail.clear();
        tailBytes = 0;
        return positions;
    }

    /** Returns the first block of this writer that has room, or a new one if all are nearly full. */
    private String roomy() {
        int count = 0;
        for (String slot = writer + "0"; blocks.containsKey(slot); slot = writer + count) {
            if (blocks.get(slot).sizeBytes() < BLOCK_BYTES - TAIL_BYTES) {
                return slot;
            }
            count++;
        }
        return writer + count;
    }

    /** Puts keys in the place of those of a slot; returns what to store. */
    SourcePosition put(String slot, List<byte[]> keys) {
        SourcePosition position = store(slot, keys);
        if (slot.equals(writer + TAIL)) {
            reopenTail();
        }
        return position;
    }

    private SourcePosition store(String slot, List<byte[]> keys) {
        KeyBlock block = KeyBlock.of(signature, keys);
        blocks.put(slot, block);
        Map<String, @Nullable Object> partition = new HashMap<>(table);
        partition.put(NAME, slot);
        return new SourcePosition(partition, block.toMap());
    }

    /**
     * Learns that all blocks were gone through. Pours blocks that have become small into one another.
     *
     * @return what to store, one after the other
     */
    List<SourcePosition> settle() {
        addedCount = 0;
        List<SourcePosition> moves = new ArrayList<>();
        String into = null;
        for (String slot : slots()) {
            KeyBlock block = Objects.requireNonNull(blocks.get(slot));
            if (into != null && block.count() > 0 && fits(into, block)) {
                List<byte[]> both = keys(into);
                both.addAll(block.keys());
                moves.add(put(into, both));
                moves.add(put(slot, List.of()));
            } else if (block.count() > 0 && !slot.equals(writer + TAIL)) {
                into = slot;
            }
        }
        return moves;
    }

    private boolean fits(String slot, KeyBlock other) {
        return Objects.requireNonNull(blocks.get(slot)).sizeBytes() + other.sizeBytes() <= BLOCK_BYTES;
    }
}
