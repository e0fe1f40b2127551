package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command line tool of Kafka as its shell script would, but in this JVM: a process for each would cost most of a
 * minute. While it runs, the standard streams of this JVM are the tool's.
 */
final class KafkaTool {
    /** A tool's {@code main}. */
    interface Main {
        void run(String[] arguments) throws Exception;
    }

    /** What {@code System.exit} becomes. Some tools catch even this, and exit again: the first code is the tool's. */
    private static final class Exited extends Error {
        private Exited(int code) {
            super("exit " + code, null, false, false);
        }
    }

    /** The first code that a tool wanted to exit with. */
    private static final class ExitCode implements Exit.Procedure {
        private @Nullable Integer first;

        @Override
        public void execute(int code, @Nullable String message) {
            first = first == null ? code : first;
            throw new Exited(code);
        }

        private int value() {
            return first == null ? 0 : first;
        }
    }

    private KafkaTool() {}

    /** Runs a tool that reads nothing. */
    static String run(Main tool, String... arguments) {
        return runWith("", tool, arguments);
    }

    /** Runs a tool to its end, with this as its input, and returns what it printed; an error is a failure. */
    static String runWith(String input, Main tool, String... arguments) {
        InputStream in = System.in;
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        List<Runnable> hooks = new ArrayList<>();
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
        ExitCode code = new ExitCode();
        Exit.setExitProcedure(code);
        Exit.setHaltProcedure(code);
        Exit.setShutdownHookAdder((name, hook) -> hooks.add(hook));
        try {
            end(tool, arguments, code, hooks, () -> text(printed) + text(complaints));
        } finally {
            Exit.resetExitProcedure();
            Exit.resetHaltProcedure();
            Exit.resetShutdownHookAdder();
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
        }
        return text(printed);
    }

    private static void end(
            Main tool, String[] arguments, ExitCode code, List<Runnable> hooks, Supplier<String> printed) {
        try {
            tool.run(arguments);
        } catch (Exited exited) {
            assertThat(code.first).isNotNull();
        } catch (Exception e) {
            throw new AssertionError("The tool failed after " + printed.get(), e);
        }
        // The producer sends what is left in its hook.
        hooks.forEach(Runnable::run);
        assertThat(code.value()).as(printed.get()).isZero();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
