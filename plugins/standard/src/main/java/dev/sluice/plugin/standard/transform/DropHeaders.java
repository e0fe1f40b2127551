package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.record.Header;
import dev.sluice.api.record.Headers;
import dev.sluice.api.transform.Transformation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Removes all headers of some names. */
public final class DropHeaders implements Transformation {
    private static final ConfigKey<List<String>> HEADERS = ConfigKey.list("headers")
            .check(Check.nonEmptyList())
            .check(Check.distinct())
            .doc("Names of the headers to remove, each with all its values.")
            .importance(Importance.HIGH);

    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(HEADERS);

    private Set<String> dropped = Set.of();

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        dropped = Set.copyOf(config.get(HEADERS));
    }

    @Override
    public <R extends ConnectRecord<R>> R apply(R record) {
        List<Header> kept = new ArrayList<>(record.headers().size());
        for (Header header : record.headers()) {
            if (!dropped.contains(header.key())) {
                kept.add(header);
            }
        }
        return kept.size() == record.headers().size() ? record : record.withHeaders(Headers.of(kept));
    }
}
