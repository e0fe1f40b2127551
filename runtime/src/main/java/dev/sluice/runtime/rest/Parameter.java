package dev.sluice.runtime.rest;

/**
 * A parameter of a query.
 *
 * @param name as in the address
 * @param schema the name of its schema in {@link Schemas}
 * @param meaning a sentence
 */
record Parameter(String name, String schema, String meaning) {
    static Parameter flag(String name, String meaning) {
        return new Parameter(name, "Flag", meaning);
    }

    static Parameter text(String name, String meaning) {
        return new Parameter(name, "Text", meaning);
    }
}
