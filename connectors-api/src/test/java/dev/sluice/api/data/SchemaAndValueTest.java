package dev.sluice.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.DataException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SchemaAndValueTest {
    private static final byte[] BYTES = "äö".getBytes(StandardCharsets.UTF_8);

    @Test
    void staysEncodedUntilSomebodyReadsAndDecodesOnce() {
        AtomicInteger decodings = new AtomicInteger();
        SchemaAndValue lazy = SchemaAndValue.undecoded(new Encoded(BYTES, Encoded.UTF8_TEXT), bytes -> {
            decodings.incrementAndGet();
            return SchemaAndValue.string(new String(bytes, StandardCharsets.UTF_8));
        });

        assertThat(lazy.encodedAs(Encoded.UTF8_TEXT)).containsSame(BYTES);
        assertThat(lazy.encodedAs(Encoded.JSON)).isEmpty();
        assertThat(lazy.isNull()).isFalse();
        assertThat(decodings).hasValue(0);

        assertThat(lazy.value()).isEqualTo("äö");
        assertThat(lazy.schema()).isEqualTo(Schema.STRING);
        assertThat(lazy).isEqualTo(SchemaAndValue.string("äö"));
        assertThat(decodings).hasValue(1);
        assertThat(lazy.encodedAs(Encoded.UTF8_TEXT)).containsSame(BYTES);
    }

    @Test
    void aDecodingThatFailsReachesEveryReader() {
        SchemaAndValue broken = SchemaAndValue.undecoded(new Encoded(BYTES, Encoded.JSON), bytes -> {
            throw new DataException("Cannot read JSON: it is none.");
        });

        assertThatThrownBy(broken::value).hasMessage("Cannot read JSON: it is none.");
        assertThatThrownBy(broken::schema).hasMessage("Cannot read JSON: it is none.");
    }

    @Test
    void printsWhatItIsButNotWhatItHolds() {
        SchemaAndValue lazy = SchemaAndValue.undecoded(new Encoded(BYTES, Encoded.JSON), SchemaAndValue::schemaless);

        assertThat(lazy).hasToString("SchemaAndValue[Encoded[application/json, 4 bytes]]");
        assertThat(SchemaAndValue.string("secret")).hasToString("SchemaAndValue[string]");
        assertThat(SchemaAndValue.NULL).hasToString("SchemaAndValue[schemaless null]");
    }

    @Test
    void bytesCountByContent() {
        assertThat(SchemaAndValue.of(Schema.BYTES, new byte[] {1}))
                .isEqualTo(SchemaAndValue.of(Schema.BYTES, new byte[] {1}))
                .hasSameHashCodeAs(SchemaAndValue.of(Schema.BYTES, new byte[] {1}));
    }
}
