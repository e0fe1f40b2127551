package dev.sluice.runtime.rest;

import dev.sluice.runtime.rest.access.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a route beside its address: access control, checks of the request and the OpenAPI document come from it.
 * Each {@code with…}-like method returns a copy.
 *
 * @param summary one sentence
 * @param role what a user needs
 * @param query the parameters of its query
 * @param body the schema of the body it takes; null for none
 * @param answers the schema of each answer that is no error, by status code; empty text for no body
 * @param mediaType of these answers
 */
record Description(
        String summary,
        Role role,
        List<Parameter> query,
        @Nullable String body,
        Map<Integer, String> answers,
        String mediaType) {

    static Description of(Role role, String summary) {
        return new Description(summary, role, List.of(), null, Map.of(), Answer.JSON);
    }

    /** A route that only looks. */
    static Description read(String summary, String schema) {
        return of(Role.READ, summary).answers(200, schema);
    }

    Description query(Parameter parameter) {
        List<Parameter> all = new ArrayList<>(query);
        all.add(parameter);
        return new Description(summary, role, List.copyOf(all), body, answers, mediaType);
    }

    Description takes(String schema) {
        return new Description(summary, role, query, schema, answers, mediaType);
    }

    Description answers(int code, String schema) {
        Map<Integer, String> all = new TreeMap<>(answers);
        all.put(code, schema);
        return new Description(summary, role, query, body, all, mediaType);
    }

    Description as(String otherMediaType) {
        return new Description(summary, role, query, body, answers, otherMediaType);
    }
}
