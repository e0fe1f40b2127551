package dev.sluice.api.data;

/**
 * One named field of a struct schema.
 *
 * @param name the field's name, unique in its struct
 * @param index its place, from 0
 * @param schema the schema of its value
 */
public record Field(String name, int index, Schema schema) {}
