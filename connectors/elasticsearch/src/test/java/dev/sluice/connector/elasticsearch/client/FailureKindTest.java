package dev.sluice.connector.elasticsearch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.api.error.RetriableException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.http.ConnectionClosedException;
import org.apache.http.ContentTooLongException;
import org.apache.http.conn.ConnectTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailureKindTest {
    @ParameterizedTest
    @CsvSource({
        "400, document_parsing_exception, RECORD",
        "400, mapper_parsing_exception, RECORD",
        "400, strict_dynamic_mapping_exception, RECORD",
        "400, illegal_argument_exception, RECORD",
        "400, action_request_validation_exception, RECORD",
        "400, validation_exception, OTHER",
        "400, index_closed_exception, BLOCKED",
        "401, security_exception, CREDENTIALS",
        "403, security_exception, FORBIDDEN",
        "403, cluster_block_exception, BLOCKED",
        "429, cluster_block_exception, BLOCKED",
        "503, cluster_block_exception, BUSY",
        "404, index_not_found_exception, MISSING",
        "404, document_missing_exception, RECORD",
        "409, version_conflict_engine_exception, CONFLICT",
        "413, '', TOO_LARGE",
        "429, es_rejected_execution_exception, BUSY",
        "429, circuit_breaking_exception, BUSY",
        "503, unavailable_shards_exception, BUSY",
        "502, '', BUSY",
        "504, '', BUSY",
        "407, '', CREDENTIALS",
        "500, null_pointer_exception, INTERNAL",
        "301, '', OTHER",
        "405, '', OTHER",
        "406, media_type_header_exception, OTHER",
    })
    void ofARefusal(int status, String type, FailureKind kind) {
        assertThat(FailureKind.of(status, type, "")).isEqualTo(kind);
    }

    @Test
    void whatIsMissingIsSometimesToldAsAWrongArgument() {
        assertThat(FailureKind.of(400, "illegal_argument_exception", "pipeline with id [p] does not exist"))
                .isEqualTo(FailureKind.MISSING);
        assertThat(FailureKind.of(
                        400, "illegal_argument_exception", "no write index is defined for alias [orders]. The write…"))
                .isEqualTo(FailureKind.MISSING);
    }

    @Test
    void ofNoAnswer() {
        Map<IOException, FailureKind> expected = Map.of(
                new ConnectException("Connection refused"),
                FailureKind.UNREACHABLE,
                new ConnectTimeoutException("connect timed out"),
                FailureKind.UNREACHABLE,
                new UnknownHostException("es1"),
                FailureKind.UNREACHABLE,
                new SocketTimeoutException("Read timed out"),
                FailureKind.UNANSWERED,
                new ConnectionClosedException("Connection closed"),
                FailureKind.UNANSWERED,
                new IOException("Connection reset by peer"),
                FailureKind.UNANSWERED,
                new ContentTooLongException("entity content is too long"),
                FailureKind.TOO_LARGE,
                new SSLHandshakeException("PKIX path building failed"),
                FailureKind.INSECURE,
                new SSLException("Unrecognized SSL message, plaintext connection?"),
                FailureKind.INSECURE,
                remoteGone(),
                FailureKind.UNANSWERED);

        expected.forEach((failure, kind) ->
                assertThat(FailureKind.of(failure)).as("%s", failure).isEqualTo(kind));
    }

    private static IOException remoteGone() {
        SSLHandshakeException gone = new SSLHandshakeException("Remote host terminated the handshake");
        gone.initCause(new EOFException());
        return gone;
    }

    @Test
    void theExceptionTellsTheRuntimeWhatToDo() {
        assertThat(refused(503, "unavailable_shards_exception", "primary shard is not active"))
                .isInstanceOf(RetriableException.class)
                .hasMessage("Cannot create index orders: unavailable_shards_exception, status 503, primary shard is not"
                        + " active. It is tried again more slowly; if this lasts, the cluster needs more nodes, or"
                        + " fewer writers.");
        assertThat(refused(400, "document_parsing_exception", "failed to parse field [price]."))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot create index orders: document_parsing_exception, status 400, failed to parse field"
                        + " [price]. Correct the record or the mapping of the index.");
        assertThat(refused(401, "security_exception", "unable to authenticate user [joe]"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot create index orders: security_exception, status 401, unable to authenticate user"
                        + " [joe]. Correct connection.username and connection.password, connection.api.key or"
                        + " connection.bearer.token.");
        assertThat(refused(403, "security_exception", "unauthorized"))
                .isExactlyInstanceOf(ConnectorException.class)
                .hasMessage("Cannot create index orders: security_exception, status 403, unauthorized. Grant the user"
                        + " or API key the missing privilege.");
        assertThat(refused(400, "validation_exception", "maximum shards open"))
                .isExactlyInstanceOf(ConnectorException.class)
                .hasMessage("Cannot create index orders: validation_exception, status 400, maximum shards open.");
    }

    @Test
    void thePauseThatTheServerAsksForGoesAlong() {
        ConnectorException slowed = new Refusal(429, "", "", Duration.ofSeconds(3)).exception("Cannot write");

        assertThat(slowed)
                .isInstanceOfSatisfying(
                        RetriableException.class,
                        retriable -> assertThat(retriable.retryAfter()).contains(Duration.ofSeconds(3)));
    }

    @Test
    void anotherNodesFailureIsToldToo() {
        IOException last = new SocketTimeoutException("5,000 milliseconds timeout");
        last.addSuppressed(new ConnectException("Connection refused"));

        assertThat(FailureKind.exception("Cannot write 5 records", last))
                .isInstanceOf(RetriableException.class)
                .hasCause(last)
                .hasMessage(
                        "Cannot write 5 records: no answer in time (5,000 milliseconds timeout); at another node: no"
                                + " connection (Connection refused). If the cluster is slow rather than gone, raise"
                                + " read.timeout.ms or send smaller requests.");
    }

    @Test
    void onlyWhatMayPassIsRetriable() {
        assertThat(FailureKind.values())
                .filteredOn(FailureKind::isRetriable)
                .containsExactly(
                        FailureKind.UNREACHABLE,
                        FailureKind.UNANSWERED,
                        FailureKind.BUSY,
                        FailureKind.INTERNAL,
                        FailureKind.BLOCKED);
    }

    private static ConnectorException refused(int status, String type, String reason) {
        return new Refusal(status, type, reason, null).exception("Cannot create index orders");
    }
}
