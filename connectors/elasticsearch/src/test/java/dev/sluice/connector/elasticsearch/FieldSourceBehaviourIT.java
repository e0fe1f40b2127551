package dev.sluice.connector.elasticsearch;

import dev.sluice.testkit.server.ElasticsearchKind;
import java.util.Map;

/** By a number that grows with each document. */
final class FieldSourceBehaviourIT extends ElasticsearchSourceBehaviour {
    FieldSourceBehaviourIT() {
        super(ElasticsearchKind.ELASTICSEARCH_8);
    }

    @Override
    Map<String, String> following() {
        return Map.of("follow", "field", "follow.field", "n");
    }
}
