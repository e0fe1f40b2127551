package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LockedByAProcessIT {
    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void refusesTheDirectoryOfARunningProcessAndNamesIt() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingProcess.class.getName(),
                        folder.toString(),
                        "1")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).isEqualTo("READY");
            BrokerConfig config = BrokerConfig.of(Map.of("log.dirs", folder.toString()));

            assertThatThrownBy(() -> Broker.open(config))
                    .isInstanceOf(BrokerException.DirectoryUnusable.class)
                    .hasMessage("Cannot open data directory " + folder + ": it is in use by process " + process.pid()
                            + ". Stop that process or choose another directory.");
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor()).isEqualTo(137);
        }
    }
}
