package dev.sluice.testkit.server;

import java.nio.file.Path;

/** The process or the container behind a server. */
interface RunningElasticsearch {
    /** Ends it at once and keeps its data. */
    void kill();

    /** Starts it again where it was. */
    void restart();

    /** Returns the folder with the files that it was configured by. */
    Path config();

    /** Ends it and deletes its data. */
    void end();
}
