package dev.sluice.connector.jdbc.connection;

import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of a database, made fit for a sentence of ours. */
public final class SqlText {
    private static final Pattern SECRET =
            Pattern.compile("((?:password|pwd|sslpassword|secret|token)=)[^&;\\s]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s]*@");

    private SqlText() {}

    /** Returns what the database said, in one line that ends in a full stop, with the SQL state behind. */
    public static String of(SQLException failure) {
        SQLException telling = telling(failure);
        String said =
                withoutSecrets(String.valueOf(telling.getMessage()).strip().replaceAll("\\s+", " "));
        String state = telling.getSQLState() == null ? "" : " (SQL state " + telling.getSQLState() + ")";
        String ended = said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
        return ended + state + ".";
    }

    /** A failed batch says "batch entry 3 was aborted"; the one behind it says why. */
    private static SQLException telling(SQLException failure) {
        SQLException next = failure.getNextException();
        return failure instanceof java.sql.BatchUpdateException && next != null ? next : failure;
    }

    /** Returns a JDBC address, or a text that may hold one, without passwords. */
    public static String withoutSecrets(@Nullable String text) {
        String shown = text == null ? "" : text;
        return USER_INFO.matcher(SECRET.matcher(shown).replaceAll("$1[hidden]")).replaceAll("//[hidden]@");
    }
}
