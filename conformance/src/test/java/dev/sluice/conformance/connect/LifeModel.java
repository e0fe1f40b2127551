package dev.sluice.conformance.connect;

import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What one connector has to be after the commands that it was given: a file source with one task. Guarded by itself: a client holds its lock from the
 * request to the answer, so that the order of commands for one connector is known; those for different connectors mix freely.
 */
final class LifeModel {
    /** What a client can ask of a connector. */
    enum Command {
        CREATE,
        CONFIGURE,
        PATCH,
        PAUSE,
        RESUME,
        STOP,
        RESTART,
        RESTART_ALL,
        RESTART_TASK,
        DELETE,
        SET_OFFSET,
        RESET_OFFSETS
    }

    private final String name;
    private final Path file;
    private final long fileBytes;

    private boolean exists;
    private int batchSize;
    private String state = "";
    /** Whether the connector has tasks to restart: a stopped one has none, and one that was paused after that neither. */
    private boolean hasTasks;

    private @Nullable Long position;
    private boolean isPositionKnown;

    /** Describes a connector that does not exist yet, and reads a file of whole lines. */
    LifeModel(String name, Path file, long fileBytes) {
        this.name = name;
        this.file = file;
        this.fileBytes = fileBytes;
    }

    String name() {
        return name;
    }

    boolean exists() {
        return exists;
    }

    String state() {
        return state;
    }

    int batchSize() {
        return batchSize;
    }

    /** Returns where it stands once it has read what it may; null if its offsets were reset while it was stopped. */
    @Nullable
    Long position() {
        return state.equals("RUNNING") ? Long.valueOf(fileBytes) : position;
    }

    /** Returns whether {@link #position} is known: not while it was stopped or paused before it had read all. */
    boolean knowsPosition() {
        return state.equals("RUNNING") || isPositionKnown;
    }

    /** Sends a command, checks the code of its answer, and becomes what the command makes of the connector. */
    synchronized String apply(Command command, Random random, Caller caller) {
        int size = 1 + random.nextInt(1000);
        long offset = random.nextInt(3) * 4L;
        Answer answer = send(command, size, offset, caller);
        int expected = expected(command);
        if (answer.status() != expected) {
            throw new AssertionError(command + " of " + this + ": expected " + expected + ", was " + answer.status()
                    + " " + answer.body());
        }
        if (expected < 300) {
            become(command, size, offset);
        }
        return command + " " + name + " " + expected;
    }

    private Answer send(Command command, int size, long offset, Caller caller) {
        String path = "/connectors/" + name;
        return switch (command) {
            case CREATE ->
                caller.send("POST", "/connectors", "{\"name\":\"" + name + "\",\"config\":" + config(size) + "}");
            case CONFIGURE -> caller.send("PUT", path + "/config", config(size));
            case PATCH -> caller.send("PATCH", path + "/config", "{\"batch.size\":" + size + "}");
            case PAUSE -> caller.send("PUT", path + "/pause");
            case RESUME -> caller.send("PUT", path + "/resume");
            case STOP -> caller.send("PUT", path + "/stop");
            case RESTART -> caller.send("POST", path + "/restart");
            case RESTART_ALL -> caller.send("POST", path + "/restart?includeTasks=true");
            case RESTART_TASK -> caller.send("POST", path + "/tasks/0/restart");
            case DELETE -> caller.send("DELETE", path);
            case SET_OFFSET -> caller.send("PATCH", path + "/offsets", offsets(offset));
            case RESET_OFFSETS -> caller.send("DELETE", path + "/offsets");
        };
    }

    private String config(int size) {
        return "{\"connector.class\":\"FileStreamSource\",\"topic\":\"" + name + "\",\"file\":\"" + file
                + "\",\"batch.size\":" + size + "}";
    }

    private String offsets(long offset) {
        return "{\"offsets\":[{\"partition\":{\"filename\":\"" + file + "\"},\"offset\":{\"position\":" + offset
                + "}}]}";
    }

    private int expected(Command command) {
        boolean isStopped = state.equals("STOPPED");
        return switch (command) {
            case CREATE -> exists ? 409 : 201;
            case CONFIGURE -> exists ? 200 : 201;
            case PATCH -> exists ? 200 : 404;
            case PAUSE, RESUME, RESTART_ALL -> exists ? 202 : 404;
            case STOP, RESTART, DELETE -> exists ? 204 : 404;
            case RESTART_TASK -> exists && hasTasks ? 204 : 404;
            case SET_OFFSET, RESET_OFFSETS -> exists ? (isStopped ? 200 : 400) : 404;
        };
    }

    private void become(Command command, int size, long offset) {
        switch (command) {
            case CREATE, CONFIGURE -> {
                batchSize = size;
                if (!exists) {
                    exists = true;
                    become("RUNNING");
                }
            }
            case PATCH -> batchSize = size;
            case PAUSE -> become("PAUSED");
            case RESUME -> become("RUNNING");
            case STOP -> become("STOPPED");
            case DELETE -> {
                exists = false;
                become("");
            }
            case SET_OFFSET -> {
                position = offset;
                isPositionKnown = true;
            }
            case RESET_OFFSETS -> {
                position = null;
                isPositionKnown = true;
            }
            case RESTART, RESTART_ALL, RESTART_TASK -> {}
        }
    }

    private void become(String next) {
        // It may have read on until now; what was set by hand while it was stopped counts as long as it stays so.
        isPositionKnown = isPositionKnown && state.equals("STOPPED") && next.equals("STOPPED");
        hasTasks = next.equals("RUNNING") || (next.equals("PAUSED") && hasTasks);
        state = next;
    }

    @Override
    public String toString() {
        return name + (exists ? " " + state + ", batch.size " + batchSize : " absent");
    }
}
