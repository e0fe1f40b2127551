package dev.sluice.runtime.cli.kafka;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.utils.Exit;

/**
 * Runs Kafka's tools one after the other in a process that goes on, with the standard streams in memory. It replaces what
 * they all share, so one thread at a time may use it, in a process that serves nobody: rehearsals and tests.
 */
final class ContainedTools {
    private static final int NOT_ENDED = -1;

    private ContainedTools() {}

    /**
     * What a tool did.
     *
     * @param exitCode as it asked for; 0 if it did not
     * @param out what it printed
     * @param err what it complained of
     */
    record Result(int exitCode, String out, String err) {}

    static Result run(Tool tool, String in, String... words) {
        return run(tool.className(), in, words);
    }

    static Result run(String className, String in, String... words) {
        InputStream systemIn = System.in;
        PrintStream systemOut = System.out;
        PrintStream systemErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setIn(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)));
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int exitCode = contained(className, List.of(words));
            return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setIn(systemIn);
            System.setOut(systemOut);
            System.setErr(systemErr);
        }
    }

    private static int contained(String className, List<String> words) {
        List<Runnable> hooks = new ArrayList<>();
        // The first one counts: some tools catch whatever is thrown, and would then end with another code.
        AtomicInteger exitCode = new AtomicInteger(NOT_ENDED);
        Exit.Procedure end = (code, message) -> {
            exitCode.compareAndSet(NOT_ENDED, code);
            throw new Ended();
        };
        Exit.setExitProcedure(end);
        Exit.setHaltProcedure(end);
        Exit.setShutdownHookAdder((name, hook) -> hooks.add(hook));
        try {
            ToolRun.main(className, words);
        } catch (Ended ended) {
            return exitCode.get();
        } finally {
            hooks.forEach(Runnable::run);
            Exit.resetExitProcedure();
            Exit.resetHaltProcedure();
            Exit.resetShutdownHookAdder();
        }
        return Math.max(exitCode.get(), 0);
    }

    /** Ends a tool where it would end the process; an error, since tools catch exceptions. */
    private static final class Ended extends Error {
        private static final long serialVersionUID = 1L;

        Ended() {
            super("the tool has ended", null, false, false);
        }
    }
}
