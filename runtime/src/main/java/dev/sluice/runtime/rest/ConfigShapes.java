package dev.sluice.runtime.rest;

import dev.sluice.runtime.validate.ConfigInfo;
import dev.sluice.runtime.validate.ConfigInfos;
import dev.sluice.runtime.validate.ConfigKeyInfo;
import dev.sluice.runtime.validate.ConfigValueInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of what is said about settings, as pure functions. */
final class ConfigShapes {
    private ConfigShapes() {}

    /** ConfigInfos, and warnings beside them. */
    static Map<String, @Nullable Object> infos(ConfigInfos infos) {
        return Shapes.object(
                "name", infos.name(),
                "error_count", infos.errorCount(),
                "groups", infos.groups(),
                "configs", infos.configs().stream().map(ConfigShapes::info).toList(),
                "warnings", Shapes.problems(infos.warnings()));
    }

    private static Map<String, @Nullable Object> info(ConfigInfo info) {
        ConfigKeyInfo definition = info.definition();
        return Shapes.object("definition", definition == null ? null : key(definition), "value", value(info.value()));
    }

    /** ConfigKeyInfo. */
    static Map<String, @Nullable Object> key(ConfigKeyInfo key) {
        return Shapes.object(
                "name", key.name(),
                "type", key.type(),
                "required", key.required(),
                "default_value", key.defaultValue(),
                "importance", key.importance(),
                "documentation", key.documentation(),
                "group", key.group(),
                "order_in_group", key.orderInGroup(),
                "width", key.width(),
                "display_name", key.displayName(),
                "dependents", key.dependents());
    }

    private static Map<String, @Nullable Object> value(ConfigValueInfo value) {
        return Shapes.object(
                "name", value.name(),
                "value", value.value(),
                "recommended_values", value.recommendedValues(),
                "errors", value.errors(),
                "visible", value.visible());
    }
}
