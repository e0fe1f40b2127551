package dev.sluice.plugin.standard.predicate;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.record.Header;
import dev.sluice.api.transform.Predicate;

/** Holds for records with at least one header of a name. */
public final class HasHeaderKey implements Predicate {
    private static final ConfigKey<String> NAME =
            ConfigKey.string("name").check(Check.nonEmpty()).doc("Name of the header.");

    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(NAME);

    private String name = "";

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        name = config.get(NAME);
    }

    @Override
    public boolean test(ConnectRecord<?> record) {
        for (Header header : record.headers()) {
            if (header.key().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
