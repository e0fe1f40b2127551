package dev.sluice.connector.elasticsearch.document;

import dev.sluice.connector.elasticsearch.client.Answer;
import dev.sluice.connector.elasticsearch.client.Cluster;
import dev.sluice.connector.elasticsearch.client.FailureKind;
import dev.sluice.connector.elasticsearch.client.Refusal;
import dev.sluice.connector.elasticsearch.client.Request;
import java.io.IOException;

/** Writes the life cycle policy and the index template, if they are asked for and not there, once. Belongs to the task's thread. */
final class IndexSetup {
    private final Cluster cluster;
    private final TemplateRules rules;
    private boolean isDone;

    IndexSetup(Cluster cluster, TemplateRules rules) {
        this.cluster = cluster;
        this.rules = rules;
    }

    TemplateRules rules() {
        return rules;
    }

    /** Writes what is missing, before the first index is created. */
    void complete() {
        if (isDone) {
            return;
        }
        String policy = rules.policy();
        if (rules.policyName() != null && policy != null) {
            putUnlessThere(
                    "life cycle policy " + rules.policyName(),
                    "/_ilm/policy/" + Request.segment(rules.policyName()),
                    policy);
        }
        if (rules.name() != null) {
            putUnlessThere(
                    "index template " + rules.name(),
                    "/_index_template/" + Request.segment(rules.name()),
                    rules.template().toString());
        }
        isDone = true;
    }

    private void putUnlessThere(String what, String path, String body) {
        Answer there = call("look for " + what, Request.of("GET", path));
        if (there.isSuccess()) {
            return;
        }
        if (there.status() != 404) {
            throw Refusal.of(there).exception("Cannot look for " + what);
        }
        Answer put = call("write " + what, Request.json("PUT", path, body));
        if (!put.isSuccess()) {
            throw Refusal.of(put).exception("Cannot write " + what);
        }
    }

    private Answer call(String what, Request request) {
        try {
            return cluster.call(request);
        } catch (IOException unanswered) {
            throw FailureKind.exception("Cannot " + what, unanswered);
        }
    }
}
