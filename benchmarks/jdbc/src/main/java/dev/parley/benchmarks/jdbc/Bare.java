package dev.parley.benchmarks.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Starts a PostgreSQL that keeps what it has committed, says where it is, and then obeys lines on standard input: {@code FILE SENDERS
 * WARM-UP SECONDS COUNTED} writes messages by the bare driver ({@code COUNTED} is {@code true} or {@code false}, see {@link Inserts}) and
 * answers with one line of JSON. It stops the database when the input ends.
 */
public final class Bare {

    private Bare() {}

    /** @param arguments the port, the folder of the data */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // as in production: zonky's own default commits to memory
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setPort(Integer.parseInt(arguments[0]))
                        .setDataDirectory(Path.of(arguments[1]))
                        .setCleanDataDirectory(true)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("shared_buffers", "256MB")
                        .setServerConfig("max_connections", "200")
                        .start();
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            long postmaster = postmaster(url);
            if (!one(url, "show fsync").equals("on")
                    || !one(url, "show synchronous_commit").equals("on")) {
                throw new IllegalStateException("this PostgreSQL forgets what it has committed");
            }
            out.printf(
                    "{\"url\":\"%s\",\"pid\":%d,\"version\":\"%s\"}%n",
                    url, postmaster, one(url, "show server_version"));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                List<String> words = List.of(line.split(" ", -1));
                List<Inserts.Sender> senders =
                        Inserts.Sender.read(Path.of(words.get(0)), Integer.parseInt(words.get(1)));
                out.println(new Inserts(url, postmaster, senders, Boolean.parseBoolean(words.get(4)))
                        .run(Double.parseDouble(words.get(2)), Double.parseDouble(words.get(3))));
            }
        }
    }

    private static long postmaster(String url) throws SQLException, IOException {
        Path file = Path.of(one(url, "show data_directory")).resolve("postmaster.pid");
        return Long.parseLong(Files.readAllLines(file).getFirst());
    }

    private static String one(String url, String question) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }
}
