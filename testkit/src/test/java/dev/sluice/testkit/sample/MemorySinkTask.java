package dev.sluice.testkit.sample;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.connector.SinkTaskContext;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.testkit.behaviour.SinkAbility;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps records until a flush, then writes them. */
class MemorySinkTask implements SinkTask {
    private final Set<SinkAbility> abilities;
    private final SinkFlaw flaw;
    private final List<SinkRecord> buffer = new ArrayList<>();
    private final Set<TopicPartition> firstOpened = new HashSet<>();
    private @Nullable MemoryOutside outside;
    private @Nullable SinkTaskContext context;

    MemorySinkTask(Set<SinkAbility> abilities, SinkFlaw flaw) {
        this.abilities = abilities;
        this.flaw = flaw;
    }

    @Override
    public void start(SinkTaskContext given, Config config) {
        context = given;
        outside = MemoryOutside.named(config.get(MemorySinkConnector.OUTSIDE));
        if (flaw == SinkFlaw.STARTS_ANEW) {
            outside.clear();
        }
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        if (firstOpened.isEmpty()) {
            firstOpened.addAll(partitions);
        }
    }

    @Override
    public void put(List<SinkRecord> records) {
        if (flaw == SinkFlaw.FAILS_ON_EMPTY_BATCHES && records.isEmpty()) {
            throw new ConnectorException("Cannot write: there is nothing.");
        }
        List<SinkRecord> taken = new ArrayList<>();
        for (SinkRecord record : records) {
            if (accepts(record)) {
                taken.add(record);
            }
        }
        if (flaw == SinkFlaw.REVERSES_BATCHES) {
            Collections.reverse(taken);
        }
        buffer.addAll(flaw == SinkFlaw.CUTS_BIG_BATCHES && taken.size() > 1000 ? taken.subList(0, 1000) : taken);
    }

    /** Reports a record that cannot be written where errors are tolerated; throws where not. */
    private boolean accepts(SinkRecord record) {
        String problem = problem(record);
        if (problem == null) {
            return true;
        }
        DataException failure = new DataException("Cannot write a record: " + problem + ".");
        Objects.requireNonNull(context)
                .errantRecords()
                .orElseThrow(() -> failure)
                .report(record, failure);
        return false;
    }

    private @Nullable String problem(SinkRecord record) {
        if (record.value().isNull()) {
            return abilities.contains(SinkAbility.NULL_VALUES) ? null : "its value is null";
        }
        boolean ascii = text(record).chars().allMatch(c -> c < 128);
        return ascii || abilities.contains(SinkAbility.NON_ASCII) ? null : "it is not ASCII";
    }

    String text(SinkRecord record) {
        String text = String.valueOf(record.value().value());
        return flaw == SinkFlaw.MANGLES_TEXT ? text.replaceAll("[^\\x00-\\x7f]", "?") : text;
    }

    @Override
    public Map<TopicPartition, Long> flush(Map<TopicPartition, Long> offsets) {
        if (flaw == SinkFlaw.CLAIMS_BEFORE_WRITING) {
            return offsets;
        }
        try {
            while (!buffer.isEmpty()) {
                write(buffer.get(0));
                buffer.remove(0);
            }
        } catch (ConnectorException broken) {
            return failed(offsets, broken);
        }
        return claimed(offsets);
    }

    private Map<TopicPartition, Long> failed(Map<TopicPartition, Long> offsets, ConnectorException broken) {
        buffer.clear();
        if (flaw == SinkFlaw.CLAIMS_WHAT_BROKE) {
            return offsets;
        }
        if (flaw == SinkFlaw.DROPS_THE_BATCH_THAT_FAILED) {
            Objects.requireNonNull(outside).refuseForGood();
        }
        throw broken;
    }

    private Map<TopicPartition, Long> claimed(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> claimed = new HashMap<>(offsets);
        if (flaw == SinkFlaw.CLAIMS_MORE_THAN_GIVEN) {
            claimed.replaceAll((partition, offset) -> offset + 1);
        }
        if (flaw == SinkFlaw.CLAIMS_UNKNOWN_PARTITIONS) {
            claimed.put(new TopicPartition("other", 0), 7L);
        }
        return claimed;
    }

    final void write(SinkRecord record) {
        MemoryOutside target = Objects.requireNonNull(outside);
        if (flaw == SinkFlaw.FORGETS_NEW_PARTITIONS
                && !firstOpened.contains(record.origin().partition())) {
            return;
        }
        if (record.value().isNull()) {
            writeNull(target, record);
        } else if (abilities.contains(SinkAbility.REPEATS_HARMLESS) && flaw != SinkFlaw.DOUBLES) {
            target.addOnce(record.origin(), record.key().value(), text(record));
        } else {
            target.add(record.key().value(), text(record));
        }
    }

    private void writeNull(MemoryOutside target, SinkRecord record) {
        if (flaw == SinkFlaw.WRITES_NULLS_AS_TEXT) {
            target.add(null, "null");
        }
        if (abilities.contains(SinkAbility.DELETES) && flaw != SinkFlaw.IGNORES_DELETES) {
            target.remove(record.key().value());
        }
    }

    final SinkFlaw flaw() {
        return flaw;
    }

    @Override
    public void stop() {
        if (flaw == SinkFlaw.CANNOT_STOP_UNSTARTED && outside == null) {
            throw new IllegalStateException("Cannot stop: there is no outside.");
        }
        outside = null;
    }
}
