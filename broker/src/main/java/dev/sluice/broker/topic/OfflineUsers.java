package dev.sluice.broker.topic;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.log.LogDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The users in a data directory that no broker has open, to make the first one. */
public final class OfflineUsers {
    private OfflineUsers() {}

    /**
     * Changes them. Blocks.
     *
     * @param directory the data directory; made if it is missing
     * @param nodeId the number of its broker
     * @param change gives the users as they shall be, the same ones for no change
     * @return the users as they are then
     * @throws BrokerException.DirectoryUnusable where a broker has it open, or the catalog is damaged
     */
    public static Users alter(Path directory, int nodeId, UnaryOperator<Users> change) {
        try (LogDirectory locked = LogDirectory.lock(directory, nodeId)) {
            CatalogFile file = new CatalogFile(locked.path());
            Optional<CatalogState> read = file.read();
            boolean isLost = read.isEmpty() && (file.exists() || hasFolders(locked.path()));
            if (isLost) {
                throw new BrokerException.DirectoryUnusable("Cannot change users in " + locked.path()
                        + ": its catalog is missing or damaged. Start the broker once, which mends it.");
            }
            CatalogState state = read.orElse(CatalogState.EMPTY);
            Users changed = change.apply(state.users());
            if (!changed.equals(state.users())) {
                file.write(state.with(changed));
            }
            return changed;
        } catch (IOException e) {
            throw new BrokerException.DirectoryUnusable(
                    "Cannot change users in " + directory + ": " + e.getMessage() + ". Check permissions and space.",
                    e);
        }
    }

    /** A catalog without the topics whose folders are there would hide them. */
    private static boolean hasFolders(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.anyMatch(Files::isDirectory);
        }
    }
}
