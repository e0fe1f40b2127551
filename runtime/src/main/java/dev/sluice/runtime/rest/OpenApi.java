package dev.sluice.runtime.rest;

import dev.sluice.runtime.rest.access.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The OpenAPI 3.1 document of the routes: a pure function of their definitions. */
final class OpenApi {
    private static final String ERROR = "Error";

    private OpenApi() {}

    /** The route of the document, which describes itself too. */
    static Endpoint endpoint(List<Endpoint> others) {
        Description description =
                Description.of(Role.READ, "Shows this document.").answers(200, "Document");
        List<Endpoint> all = new ArrayList<>(others);
        Action action = Action.shows(call -> document(all));
        Endpoint document = Endpoint.get("/openapi.json", description, action);
        all.add(document);
        return document;
    }

    static Map<String, @Nullable Object> document(List<Endpoint> endpoints) {
        Map<String, Map<String, @Nullable Object>> paths = new TreeMap<>();
        for (Endpoint endpoint : endpoints) {
            if (!endpoint.description().answers().isEmpty()) {
                paths.computeIfAbsent(endpoint.path(), path -> new LinkedHashMap<>())
                        .put(endpoint.method().name().toLowerCase(Locale.ROOT), operation(endpoint));
            }
        }
        return Shapes.object(
                "openapi",
                "3.1.0",
                "info",
                Shapes.object(
                        "title",
                        "Sluice",
                        "version",
                        "1",
                        "description",
                        "The REST API of the worker: Kafka Connect's, and more beside it."),
                "paths",
                paths,
                "components",
                Shapes.object("schemas", Schemas.ALL, "securitySchemes", schemes()));
    }

    private static Map<String, @Nullable Object> schemes() {
        return Shapes.object(
                "basic", Shapes.object("type", "http", "scheme", "basic"),
                "bearer", Shapes.object("type", "http", "scheme", "bearer"));
    }

    private static Map<String, @Nullable Object> operation(Endpoint endpoint) {
        Description description = endpoint.description();
        Map<String, @Nullable Object> operation = Shapes.object("summary", description.summary());
        operation.put("x-role", description.role().word());
        if (description.role() != Role.ANYONE) {
            operation.put(
                    "security",
                    List.of(Shapes.object(), Shapes.object("basic", List.of()), Shapes.object("bearer", List.of())));
        }
        List<Map<String, @Nullable Object>> parameters = parameters(endpoint);
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        String body = description.body();
        if (body != null) {
            operation.put("requestBody", Shapes.object("required", true, "content", content(Answer.JSON, body)));
        }
        operation.put("responses", responses(description));
        return operation;
    }

    private static List<Map<String, @Nullable Object>> parameters(Endpoint endpoint) {
        List<Map<String, @Nullable Object>> parameters = new ArrayList<>();
        for (String name : endpoint.pathParameters()) {
            parameters.add(Shapes.object("name", name, "in", "path", "required", true, "schema", Schemas.ref("Text")));
        }
        for (Parameter parameter : endpoint.description().query()) {
            parameters.add(Shapes.object(
                    "name",
                    parameter.name(),
                    "in",
                    "query",
                    "description",
                    parameter.meaning(),
                    "schema",
                    Schemas.ref(parameter.schema())));
        }
        return parameters;
    }

    private static Map<String, @Nullable Object> responses(Description description) {
        Map<String, @Nullable Object> responses = Shapes.object();
        description.answers().forEach((code, schema) -> {
            Map<String, @Nullable Object> response = Shapes.object("description", words(code));
            if (!schema.isEmpty()) {
                response.put("content", content(description.mediaType(), schema));
            }
            responses.put(String.valueOf(code), response);
        });
        responses.put("default", Shapes.object("description", "What is wrong", "content", content(Answer.JSON, ERROR)));
        return responses;
    }

    private static String words(int code) {
        return switch (code) {
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 204 -> "Done";
            case 503 -> "Not well";
            default -> "As asked for";
        };
    }

    private static Map<String, @Nullable Object> content(String mediaType, String schema) {
        return Shapes.object(mediaType.replaceAll(";.*", ""), Shapes.object("schema", Schemas.ref(schema)));
    }
}
