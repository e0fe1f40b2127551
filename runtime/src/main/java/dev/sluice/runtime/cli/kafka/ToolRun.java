package dev.sluice.runtime.cli.kafka;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.runtime.cli.Complaints;
import dev.sluice.runtime.cli.Terminal;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.List;

/** Runs one of Kafka's tools with the words of the command line, in this process. */
public final class ToolRun {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private ToolRun() {}

    /**
     * Runs a tool. Most of them end the process themselves, with Kafka's exit codes; this returns where they do not.
     *
     * @param tool which one
     * @param words its options
     * @param terminal for why it cannot run
     * @return the exit code: 1 if it failed, as of Kafka's own
     */
    public static int run(Tool tool, List<String> words, Terminal terminal) {
        try {
            new BrokerProbe(BootstrapServers.in(words), PATIENCE).await();
            main(tool.className(), words);
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException("the main thread was interrupted, which nobody does", e);
        } catch (RuntimeException e) {
            terminal.problem(e instanceof ConnectorException ? e.getMessage() : e.toString());
            return Complaints.FAULT;
        }
    }

    /** Calls the main method by name: the tools are a part of the installation that nothing is compiled against. */
    static void main(String className, List<String> words) {
        try {
            Object arguments = words.toArray(String[]::new);
            var unused =
                    Class.forName(className).getMethod("main", String[].class).invoke(null, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new ConnectorException(
                    "Cannot run " + className + ": it is missing in this installation. Install Sluice anew.", e);
        }
    }
}
