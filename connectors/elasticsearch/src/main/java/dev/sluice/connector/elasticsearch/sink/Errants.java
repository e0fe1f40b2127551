package dev.sluice.connector.elasticsearch.sink;

import dev.sluice.api.connector.ErrantRecordReporter;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.connector.elasticsearch.bulk.ItemResult;
import dev.sluice.connector.elasticsearch.document.DocumentConfig;
import dev.sluice.connector.elasticsearch.document.Reaction;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of records that cannot be written: left out, logged, reported, or the end of the task. Task thread. */
final class Errants {
    private static final Logger LOG = LoggerFactory.getLogger(Errants.class);

    private final DocumentConfig config;
    private final Optional<ErrantRecordReporter> reporter;

    Errants(DocumentConfig config, Optional<ErrantRecordReporter> reporter) {
        this.config = config;
        this.reporter = reporter;
    }

    /** Returns whether a record of which no document can be made is taken, rather than thrown back. */
    boolean takesInvalid() {
        return reporter.isPresent() || config.dropsInvalid();
    }

    /** A record of which no document can be made. */
    void onInvalid(SinkRecord record, DataException reason) {
        if (reporter.isPresent()) {
            report(record, reason);
        } else {
            LOG.atWarn().addKeyValue("error", reason.getMessage()).log("leaves out the record {}", record.origin());
        }
    }

    /** A document that the cluster will never take. */
    void onMalformed(SinkRecord record, ItemResult result) {
        react(config.onMalformed(), record, result, "behavior.on.malformed.documents");
    }

    /** A document of which the cluster has a version that is as new. */
    void onConflict(SinkRecord record, ItemResult result) {
        react(config.onConflict(), record, result, "behavior.on.version.conflict");
    }

    private void react(Reaction reaction, SinkRecord record, ItemResult result, String setting) {
        switch (reaction) {
            case IGNORE -> {}
            case WARN ->
                LOG.atWarn().addKeyValue("error", result.words()).log("leaves out the record {}", record.origin());
            case REPORT, FAIL -> refuse(record, result, setting);
        }
    }

    private void refuse(SinkRecord record, ItemResult result, String setting) {
        String message = "Cannot write the record " + record.origin() + ": the cluster refused its document: "
                + result.words() + ".";
        if (reporter.isPresent()) {
            report(record, new DataException(message));
            return;
        }
        // No DataException: the records at hand are others.
        throw new ConnectorException(
                message + " Correct it or the mapping of the index; or leave such records out by " + setting
                        + "=ignore, or send them to dead letters by errors.tolerance=all and"
                        + " errors.deadletterqueue.topic.name.");
    }

    private void report(SinkRecord record, DataException reason) {
        CompletionStage<Void> unused = reporter.orElseThrow().report(record, reason);
    }
}
