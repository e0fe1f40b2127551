package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.record.Header;
import dev.sluice.api.transform.Transformation;
import dev.sluice.plugin.standard.SimpleHeaderConverter;
import java.nio.charset.StandardCharsets;

/** Adds the same header to every record. */
public final class InsertHeader implements Transformation {
    private static final ConfigKey<String> HEADER =
            ConfigKey.string("header").doc("Name of the header.").importance(Importance.HIGH);
    private static final ConfigKey<String> LITERAL = ConfigKey.string("value.literal")
            .doc(
                    "Value of the header, read as SimpleHeaderConverter reads text: 12 is a number, true a truth value, [1,2]"
                            + " a list, 2024-02-29 a day, anything else a text.")
            .importance(Importance.HIGH);

    /** The settings. */
    static final ConfigSpec SPEC = ConfigSpec.of(HEADER, LITERAL);

    private Header header = new Header("", SchemaAndValue.NULL);

    @Override
    public ConfigSpec configSpec() {
        return SPEC;
    }

    @Override
    public void configure(Config config) {
        String name = config.get(HEADER);
        byte[] literal = config.get(LITERAL).getBytes(StandardCharsets.UTF_8);
        try (SimpleHeaderConverter reader = new SimpleHeaderConverter()) {
            header = new Header(name, reader.decode("", name, literal));
        }
    }

    @Override
    public <R extends ConnectRecord<R>> R apply(R record) {
        return record.withHeaders(record.headers().with(header));
    }
}
