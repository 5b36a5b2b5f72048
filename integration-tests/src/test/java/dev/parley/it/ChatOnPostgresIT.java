package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresParley.class)
class ChatOnPostgresIT extends ChatContract {

    ChatOnPostgresIT(Parley parley) {
        super(parley);
    }

    @Test
    void typing_reaches_the_others_and_no_table() throws SQLException {
        Person ann = Person.registered(parley, "ann");
        Person ben = Person.registered(parley, "ben");
        String room = ann.roomWith(ben);
        try (Chatter annsTab = Chatter.connected(ann);
                Chatter bensTab = Chatter.connected(ben)) {
            annsTab.ask("message_send", message(room, "hello"));
            Map<String, String> before = contents();

            annsTab.say("typing", Map.of("roomId", room, "on", true));
            JsonNode typing = bensTab.awaitEvent(
                    "typing", data -> data.path("roomId").asText().equals(room));

            assertThat(typing.path("userId").asText()).isEqualTo(ann.id());
            assertThat(contents()).isEqualTo(before);
        }
    }

    @Test
    void an_ok_survives_kill_minus_nine() {
        Person ann = Person.registered(parley, "ann");
        String room = ann.room("crash");
        Map<String, String> draft =
                Map.of("roomId", room, "clientId", UUID.randomUUID().toString(), "text", "kept");

        Crash.afterTheOkOf(ann, draft);
    }

    /** Every table with the number and a hash of its rows. */
    private static Map<String, String> contents() throws SQLException {
        Map<String, String> tables = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(PostgresParley.jdbcUrl());
                Statement statement = connection.createStatement()) {
            try (ResultSet names =
                    statement.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
                while (names.next()) {
                    tables.put(names.getString(1), "");
                }
            }
            for (Map.Entry<String, String> table : tables.entrySet()) {
                try (ResultSet rows = statement.executeQuery(
                        "select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') from \""
                                + table.getKey() + "\" t")) {
                    rows.next();
                    table.setValue(rows.getString(1));
                }
            }
        }
        assertThat(tables).containsKeys("message", "room", "account");
        return tables;
    }
}
