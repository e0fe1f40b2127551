package dev.sluice.connector.elasticsearch.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.apache.http.ConnectionClosedException;
import org.apache.http.conn.ConnectTimeoutException;

/** Words for what happened when no node answered. */
final class Unanswered {
    private static final int CAUSES_MAX = 8;

    private Unanswered() {}

    /** Returns what happened at the last node, and at those that were tried before it if they said something else. */
    static String words(IOException failure) {
        List<String> said = new ArrayList<>();
        Throwable each = failure;
        for (int count = 0; each != null && count < CAUSES_MAX; count++) {
            String words = ofOne(each);
            if (!said.contains(words)) {
                said.add(words);
            }
            Throwable[] earlier = each.getSuppressed();
            each = earlier.length == 0 ? null : earlier[0];
        }
        return String.join("; at another node: ", said);
    }

    private static String ofOne(Throwable failure) {
        if (failure instanceof UnknownHostException unknown) {
            return "host " + unknown.getMessage() + " is not known";
        }
        if (failure instanceof ConnectTimeoutException || failure instanceof ConnectException) {
            return withMessage("no connection", failure);
        }
        if (failure instanceof SocketTimeoutException) {
            return withMessage("no answer in time", failure);
        }
        if (failure instanceof ConnectionClosedException) {
            return "the connection was closed before an answer; a server that wants https does that to http";
        }
        if (failure instanceof SSLException) {
            return withMessage("no TLS connection", deepest(failure));
        }
        return withMessage(failure.getClass().getSimpleName(), failure);
    }

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        for (int depth = 0; depth < CAUSES_MAX && deepest.getCause() != null; depth++) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    private static String withMessage(String what, Throwable failure) {
        String said = failure.getMessage();
        return said == null || said.isBlank() ? what : what + " (" + said.strip() + ")";
    }
}
