package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.connector.ValidationProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkPlaceTest {
    @TempDir
    Path folder;

    @Test
    void aFileThatIsNotThereYetMayBeMadeWithItsFolders() {
        assertThatCode(() -> SinkPlace.requireWritable(folder.resolve("a/b/out.txt")))
                .doesNotThrowAnyException();
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void aFolderInThePlaceOfTheFileIsRefused() {
        assertThatThrownBy(() -> SinkPlace.requireWritable(folder))
                .hasMessage(
                        "Cannot write to " + folder + ": it is a directory. Set file to a file in it or elsewhere.");
    }

    @Test
    void aFileInThePlaceOfAFolderIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("plain"));
        Path below = file.resolve("out.txt");

        assertThatThrownBy(() -> SinkPlace.requireWritable(below))
                .hasMessage("Cannot write to " + below + ": " + file
                        + " is a file, not a folder. Set file to another place.");
    }

    @Test
    void validationSaysSoWithoutConnectingAnywhere() {
        Map<String, String> settings = Map.of("file", folder.toString());

        assertThat(new FileStreamSinkConnector()
                        .validate(settings, ValidationProbe.OFFLINE)
                        .errors())
                .extracting(ConfigProblem::key)
                .containsExactly("file");
        assertThat(new FileStreamSourceConnector()
                        .validate(Map.of("file", folder.toString(), "topic", "t"), ValidationProbe.OFFLINE)
                        .errors())
                .extracting(ConfigProblem::key)
                .containsExactly("file");
    }
}
