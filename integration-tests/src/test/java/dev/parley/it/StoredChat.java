package dev.parley.it;

import dev.parley.it.Seen.Line;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** What the database says was said. */
final class StoredChat {

    /** @param clientIds of the messages, by message id */
    record Room(long lastSeq, SortedMap<Long, Line> lines, Map<String, String> clientIds) {}

    private StoredChat() {}

    static Room room(String jdbcUrl, String roomId) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
            Map<String, List<String>> reactions = reactions(connection, roomId);
            SortedMap<Long, Line> lines = new TreeMap<>();
            Map<String, String> clientIds = new HashMap<>();
            try (PreparedStatement query = connection.prepareStatement(
                    "select id, seq, sender_id, client_id, text, edited_at, deleted_at from message where room_id = ?")) {
                query.setObject(1, UUID.fromString(roomId));
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        String id = row.getString(1);
                        Line line = Line.of(
                                id,
                                row.getLong(2),
                                row.getString(3),
                                row.getString(5),
                                row.getObject(6) != null,
                                row.getObject(7) != null,
                                reactions.getOrDefault(id, List.of()));
                        lines.put(line.seq(), line);
                        clientIds.put(id, row.getString(4));
                    }
                }
            }
            return new Room(lastSeq(connection, roomId), lines, clientIds);
        }
    }

    /** As if the server had lost count: the next message of the room leaves a number out. */
    static void skipOne(String jdbcUrl, String roomId) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                PreparedStatement update =
                        connection.prepareStatement("update room set last_seq = last_seq + 1 where id = ?")) {
            update.setObject(1, UUID.fromString(roomId));
            update.executeUpdate();
        }
    }

    private static long lastSeq(Connection connection, String roomId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select last_seq from room where id = ?")) {
            query.setObject(1, UUID.fromString(roomId));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static Map<String, List<String>> reactions(Connection connection, String roomId) throws SQLException {
        Map<String, List<String>> found = new HashMap<>();
        try (PreparedStatement query =
                connection.prepareStatement("select r.message_id, r.emoji, r.user_id from reaction r"
                        + " join message m on m.id = r.message_id where m.room_id = ?")) {
            query.setObject(1, UUID.fromString(roomId));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                            .add(row.getString(2) + " " + row.getString(3));
                }
            }
        }
        return found;
    }
}
