package dev.sluice.connector.elasticsearch;

import dev.sluice.testkit.server.ElasticsearchKind;
import java.util.Map;

final class ElasticsearchSourceBehaviourIT extends ElasticsearchSourceBehaviour {
    ElasticsearchSourceBehaviourIT() {
        super(ElasticsearchKind.ELASTICSEARCH_8);
    }

    @Override
    Map<String, String> following() {
        return Map.of();
    }
}
