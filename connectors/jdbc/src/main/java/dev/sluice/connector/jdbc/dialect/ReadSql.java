package dev.sluice.connector.jdbc.dialect;

/**
 * How one kind of database is read.
 *
 * @param clock the query that answers with the database's time
 * @param isClockUtc whether that answer is a time of day in UTC without saying so
 * @param fetchSize the fetch size that makes the driver send rows bit by bit; 0 for the size of a batch
 * @param hasSnapshots whether it tells which transactions a reader sees, and takes {@code COPY … TO STDOUT}: PostgreSQL
 */
public record ReadSql(String clock, boolean isClockUtc, int fetchSize, boolean hasSnapshots) {
    /** What standard SQL has. */
    public static final ReadSql STANDARD = new ReadSql("SELECT CURRENT_TIMESTAMP", false, 0, false);
    /** PostgreSQL. */
    public static final ReadSql POSTGRES = new ReadSql("SELECT now()", false, 0, true);
    /** SQLite, which has texts for times. */
    public static final ReadSql SQLITE = new ReadSql("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')", true, 0, false);
    /** MySQL, whose driver streams by this very number. */
    public static final ReadSql MYSQL = new ReadSql("SELECT UTC_TIMESTAMP(6)", true, Integer.MIN_VALUE, false);
    /** MariaDB. */
    public static final ReadSql MARIADB = new ReadSql("SELECT UTC_TIMESTAMP(6)", true, 0, false);
    /** SQL Server. */
    public static final ReadSql SQL_SERVER = new ReadSql("SELECT SYSUTCDATETIME()", true, 0, false);
    /** Oracle. */
    public static final ReadSql ORACLE = new ReadSql("SELECT SYS_EXTRACT_UTC(SYSTIMESTAMP) FROM DUAL", true, 0, false);
}
