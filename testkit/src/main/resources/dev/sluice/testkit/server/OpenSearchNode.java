import java.nio.file.Path;
import java.util.List;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.Node;

/**
 * A node of OpenSearch in a JVM of its own, run from source on the class path of an unpacked server:
 * {@code OpenSearchNode HOME CONFIG PLUGINS key=value…}. It has no plugins. It ends when its standard input does.
 */
public class OpenSearchNode {
    public static void main(String[] arguments) throws Exception {
        Settings.Builder settings = Settings.builder().put("path.home", arguments[0]);
        for (String setting : List.of(arguments).subList(3, arguments.length)) {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        Environment environment = new Environment(settings.build(), Path.of(arguments[1]));
        LogConfigurator.configure(environment);
        Node node = new Node(environment);
        node.start();
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        node.close();
        System.exit(0);
    }
}
