package dev.sluice.runtime.rest;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One route, defined once: the router, the access check, the OpenAPI document and the reference page come from it.
 *
 * @param method of HTTP; GET stands for HEAD too
 * @param path with parameters in braces, without a slash at its end
 * @param description what is known about it
 * @param action what it does
 */
record Endpoint(HttpMethod method, String path, Description description, Action action) {
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)}");

    static Endpoint get(String path, Description description, Action action) {
        return new Endpoint(HttpMethod.GET, path, description, action);
    }

    static Endpoint post(String path, Description description, Action action) {
        return new Endpoint(HttpMethod.POST, path, description, action);
    }

    static Endpoint put(String path, Description description, Action action) {
        return new Endpoint(HttpMethod.PUT, path, description, action);
    }

    static Endpoint patch(String path, Description description, Action action) {
        return new Endpoint(HttpMethod.PATCH, path, description, action);
    }

    static Endpoint delete(String path, Description description, Action action) {
        return new Endpoint(HttpMethod.DELETE, path, description, action);
    }

    /** The path in the router's notation. */
    String pattern() {
        return PARAMETER.matcher(path).replaceAll(":$1");
    }

    /** The names of the path's parameters in order. */
    List<String> pathParameters() {
        return PARAMETER.matcher(path).results().map(found -> found.group(1)).toList();
    }

    /** The names under which HTTP may ask for it. */
    List<String> methods() {
        return method.equals(HttpMethod.GET) ? List.of("GET", "HEAD") : List.of(method.name());
    }

    /** Whether a path of a request is this route's, whatever its parameters are. */
    boolean matches(String requested) {
        StringBuilder regex = new StringBuilder();
        int end = 0;
        Matcher parameter = PARAMETER.matcher(path);
        while (parameter.find()) {
            regex.append(Pattern.quote(path.substring(end, parameter.start()))).append("[^/]+");
            end = parameter.end();
        }
        regex.append(Pattern.quote(path.substring(end))).append("/?");
        return Pattern.matches(regex.toString(), requested);
    }
}
