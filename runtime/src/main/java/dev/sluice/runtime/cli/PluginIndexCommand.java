package dev.sluice.runtime.cli;

import dev.sluice.runtime.plugin.PluginIndexer;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice plugin-index}: part of building an installation. */
@Command(
        name = "plugin-index",
        hidden = true,
        description = "Write the index that a folder of plugins is shipped with.")
final class PluginIndexCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The folder of plugins.")
    private @Nullable Path folder;

    @Override
    public void run() {
        Path path = Objects.requireNonNull(folder);
        int count = PluginIndexer.write(path).size();
        Objects.requireNonNull(spec).commandLine().getOut().println(count + " plugins indexed in " + path);
    }
}
