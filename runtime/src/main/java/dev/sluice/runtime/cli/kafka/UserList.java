package dev.sluice.runtime.cli.kafka;

import java.util.List;

/** The users of a broker, running or not. Its methods block. */
interface UserList extends AutoCloseable {
    int ITERATIONS_MIN = 4096;
    int ITERATIONS_MAX = 16_384;

    /** A line for each user: the name and how it can log in. */
    List<String> describe();

    /** Adds a user, or changes the password. */
    void add(String name, String password, int iterations);

    /** Deletes a user; fails where there is none. */
    void delete(String name);

    @Override
    void close();
}
