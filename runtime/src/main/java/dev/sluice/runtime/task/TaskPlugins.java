package dev.sluice.runtime.task;

/**
 * The configured plugins between a task and the log.
 *
 * @param transforms the transformations
 * @param converters the converters
 */
public record TaskPlugins(TransformChain transforms, Converters converters) implements AutoCloseable {
    @Override
    public void close() {
        try {
            transforms.close();
        } finally {
            converters.close();
        }
    }
}
