package dev.sluice.connector.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks for all tasks whose files are quiet whether one has changed, so that hundreds of tasks need not wake up for it.
 *
 * <p>One thread looks, while there are members; it ends with the last one. A file system that hangs holds it up: tasks
 * wait with a limit and then look themselves, so that this costs the others time, but no line.
 */
final class QuietFiles {
    /** For all tasks of this process. */
    static final QuietFiles SHARED = new QuietFiles(LookPace.GROWING.maxMillis());

    private final long lookMillis;
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private int members;
    private @Nullable Thread thread;

    QuietFiles(long lookMillis) {
        this.lookMillis = lookMillis;
    }

    /** A task that waits; compared by identity. */
    private static final class Waiting {
        private final Path path;
        private final FileState state;
        private final CountDownLatch changed = new CountDownLatch(1);

        Waiting(Path path, FileState state) {
            this.path = path;
            this.state = state;
        }

        void look() {
            try {
                if (!state.equals(FileState.of(path))) {
                    changed.countDown();
                }
            } catch (IOException | RuntimeException unreadable) { // The task finds out the same, and says so.
                changed.countDown();
            }
        }
    }

    /** One task, from its start to its stop. */
    final class Member implements AutoCloseable {
        private boolean isClosed;

        /** Waits until the path has another state than this, but not longer than given. */
        void awaitChange(Path path, FileState state, long millis) throws InterruptedException {
            Waiting mine = new Waiting(path, state);
            waiting.add(mine);
            try {
                startLooking();
                boolean unused = mine.changed.await(millis, TimeUnit.MILLISECONDS);
            } finally {
                waiting.remove(mine);
            }
        }

        @Override
        public void close() {
            if (!isClosed) {
                isClosed = true;
                leave();
            }
        }
    }

    /** Returns how many tasks wait. */
    int waitingCount() {
        return waiting.size();
    }

    synchronized Member join() {
        members++;
        return new Member();
    }

    private synchronized void leave() {
        members--;
        Thread looking = thread;
        if (members == 0 && looking != null) {
            looking.interrupt();
            thread = null;
        }
    }

    private synchronized void startLooking() {
        if (thread == null) {
            thread = new Thread(this::lookAgainAndAgain, "file-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void lookAgainAndAgain() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                waiting.forEach(Waiting::look);
                Thread.sleep(lookMillis);
            }
        } catch (InterruptedException left) {
            Thread.currentThread().interrupt();
        }
    }
}
