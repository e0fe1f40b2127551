package dev.sluice.runtime.rest;

import dev.sluice.runtime.config.HeaderRule;
import io.vertx.core.MultiMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Headers that the settings ask for in every answer. Immutable. */
final class ResponseHeaders {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

    private final List<HeaderRule> rules;
    private final Clock clock;

    ResponseHeaders(List<HeaderRule> rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    void addTo(MultiMap headers) {
        for (HeaderRule rule : rules) {
            String value = rule.action().isDate() ? date(Long.parseLong(rule.value())) : rule.value();
            if (rule.action().isAddition()) {
                headers.add(rule.name(), value);
            } else {
                headers.set(rule.name(), value);
            }
        }
    }

    private String date(long millisFromNow) {
        Instant time = clock.instant().plus(Duration.ofMillis(millisFromNow));
        return HTTP_DATE.format(time.atOffset(ZoneOffset.UTC));
    }
}
