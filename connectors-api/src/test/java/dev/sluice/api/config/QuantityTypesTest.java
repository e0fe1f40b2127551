package dev.sluice.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTypesTest {

    private static final ConfigType<Duration> DURATION =
            ConfigKey.duration("timeout").type();
    private static final ConfigType<Long> SIZE = ConfigKey.size("buffer").type();

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "500,500",
        "-1,-1",
        "500ms,500",
        "10s,10000",
        "' 10 S ',10000",
        "5m,300000",
        "2h,7200000",
        "1d,86400000",
        "9223372036854775807,9223372036854775807"
    })
    void readsDurationsAsMillisecondsOrWithAUnit(String text, long millis) {
        assertThat(DURATION.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-1,-1",
        "7,7",
        "7b,7",
        "64kb,65536",
        "64 KB,65536",
        "10mb,10485760",
        "1gb,1073741824",
        "2tb,2199023255552",
        "8388607tb,9223370937343148032"
    })
    void readsSizesAsBytesOrWithAUnit(String text, long bytes) {
        assertThat(SIZE.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "10x", "1.5s", "-10s", "PT10S", "10s5ms"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> DURATION.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it must be a duration such as 500ms, 10s, 5m, 2h, 1d or plain milliseconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kb", "10k", "10kib", "1.5mb", "-1kb"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> SIZE.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it must be a size such as 64kb, 10mb, 1gb or plain bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "8388608tb", "99999999999999999999kb"})
    void refusesWhatDoesNotFitIntoSixtyFourBits(String text) {
        assertThatThrownBy(() -> SIZE.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it is too large, it must be a size such as 64kb, 10mb, 1gb or plain bytes within 64 bits");
    }

    @ParameterizedTest
    @CsvSource({"0,0ms", "500,500ms", "1500,1500ms", "10000,10s", "60000,1m", "90000,90s", "86400000,1d", "-1,-1"})
    void writesDurationsInTheLargestUnitThatFits(long millis, String text) {
        assertThat(DURATION.format(Duration.ofMillis(millis))).isEqualTo(text);
        assertThat(DURATION.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"0,0b", "1023,1023b", "1024,1kb", "1025,1025b", "1048576,1mb", "-1,-1"})
    void writesSizesInTheLargestUnitThatFits(long bytes, String text) {
        assertThat(SIZE.format(bytes)).isEqualTo(text);
        assertThat(SIZE.parse(text)).isEqualTo(bytes);
    }

    @Test
    void writesPlainNumbersForNamesThatEndInTheUnit() {
        ConfigKey<Duration> interval = ConfigKey.duration("poll.interval.ms").defaultsTo(Duration.ofSeconds(5));
        ConfigKey<Long> segment = ConfigKey.size("segment.bytes").defaultsTo(1L << 20);

        assertThat(interval.defaultText()).contains("5000");
        assertThat(interval.type().kind()).isEqualTo(ConfigKind.LONG);
        assertThat(interval.type().parse("10s")).isEqualTo(Duration.ofSeconds(10));
        assertThat(segment.defaultText()).contains("1048576");
        assertThat(segment.type().parse("1mb")).isEqualTo(1048576);
        assertThat(DURATION.kind()).isEqualTo(ConfigKind.STRING);
    }

    @Test
    void refusesToWriteADurationThatItCouldNotReadAgain() {
        assertThatThrownBy(() -> ConfigKey.duration("timeout").defaultsTo(Duration.ofNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot write duration PT0.000000001S: it is finer than a millisecond.");
    }
}
