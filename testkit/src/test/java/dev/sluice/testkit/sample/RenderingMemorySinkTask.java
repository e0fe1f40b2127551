package dev.sluice.testkit.sample;

import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.api.connector.RendersWrites;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.testkit.behaviour.SinkAbility;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Also shows what it would write. */
final class RenderingMemorySinkTask extends MemorySinkTask implements RendersWrites {
    RenderingMemorySinkTask(Set<SinkAbility> abilities, SinkFlaw flaw) {
        super(abilities, flaw);
    }

    @Override
    public List<RenderedWrite> render(List<SinkRecord> records) {
        if (flaw() == SinkFlaw.RENDERING_WRITES) {
            records.forEach(this::write);
        }
        String lines = records.stream().map(this::text).collect(Collectors.joining("\n"));
        String shown = flaw() == SinkFlaw.RENDERS_SOMETHING_ELSE ? lines + "?" : lines;
        return List.of(new RenderedWrite(
                "memory",
                "text/plain",
                shown,
                List.of(),
                records.stream().map(SinkRecord::origin).toList()));
    }
}
