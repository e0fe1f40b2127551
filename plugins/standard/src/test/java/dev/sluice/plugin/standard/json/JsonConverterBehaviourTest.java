package dev.sluice.plugin.standard.json;

import dev.sluice.api.convert.Converter;
import dev.sluice.testkit.behaviour.ConverterAbility;
import dev.sluice.testkit.behaviour.ConverterBehaviour;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The contract of converters, with a schema in every text. */
class JsonConverterBehaviourTest extends ConverterBehaviour {
    @Override
    protected Converter newPlugin() {
        return new JsonConverter();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("schemas.enable", "true");
    }

    @Override
    protected Set<ConverterAbility> abilities() {
        return EnumSet.complementOf(EnumSet.of(ConverterAbility.MEDIA_TYPE));
    }
}
