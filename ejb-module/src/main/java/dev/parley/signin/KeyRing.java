package dev.parley.signin;

import dev.parley.problem.Problem;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The keys of the database, as one node knows them. Slots count up and are unique: of several nodes that make the next key, one
 * succeeds and the others take its key. A planned key is published before it signs, for as long as a node or a stranger who keeps
 * our key set may not have looked again. Plain JDBC, because losing the race for a row is part of the plan and must roll
 * nothing back.
 */
final class KeyRing {

    private static final int BITS = 2048;

    /** Longer than other nodes take to look (a minute) and strangers keep the key set (five). */
    static final Duration NOTICE = Duration.ofMinutes(10);

    /** Somebody who makes up key ids gets us to look no more often than this. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    /** A row of the table. */
    private record Slot(int number, SigningKey key, Instant createdAt, Instant signsFrom) {}

    private final DataSource database;
    private final Clock clock;
    /** How long a token lasts, and with it the belief in the key that signed it. */
    private final Duration tokenLife;

    private volatile List<Slot> slots = List.of();
    private volatile Instant lookedAt = Instant.MIN;

    KeyRing(DataSource database, Clock clock, Duration tokenLife) {
        this.database = database;
        this.clock = clock;
        this.tokenLife = tokenLife;
    }

    /** Reads the keys; makes the first one. */
    void load() {
        look();
        if (slots.isEmpty()) {
            add(0, clock.instant());
        }
    }

    /** What signs now. */
    SigningKey current() {
        Instant now = clock.instant();
        List<Slot> known = slots;
        for (int i = known.size() - 1; i > 0; i--) {
            if (!known.get(i).signsFrom().isAfter(now)) {
                return known.get(i).key();
            }
        }
        return known.getFirst().key();
    }

    /** What may have signed a token that still lasts, or will sign soon. */
    List<SigningKey> believed() {
        Instant now = clock.instant();
        List<Slot> known = slots;
        List<SigningKey> keys = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            if (i == known.size() - 1 || lasts(known.get(i + 1), now)) {
                keys.add(known.get(i).key());
            }
        }
        return List.copyOf(keys);
    }

    /** Whether what was signed before this key began may still be good. */
    private boolean lasts(Slot successor, Instant now) {
        return successor.signsFrom().plus(tokenLife).plus(NOTICE).isAfter(now);
    }

    /** The believed key with that id; another node may have made it a moment ago. */
    Optional<SigningKey> find(String kid) {
        Optional<SigningKey> known = among(kid);
        if (known.isEmpty() && lookedAt.plus(LOOK_AGAIN).isBefore(clock.instant())) {
            look();
            known = among(kid);
        }
        return known;
    }

    private Optional<SigningKey> among(String kid) {
        return believed().stream().filter(key -> key.kid().equals(kid)).findFirst();
    }

    /** Looks what other nodes did, makes the next key when the last is that old, forgets those that nobody needs. */
    void keepFresh(Duration age) {
        look();
        Slot last = slots.getLast();
        if (!last.createdAt().plus(age).isAfter(clock.instant())) {
            next();
        }
        forget();
    }

    /** Makes the next key, which signs after {@link #NOTICE}; one that waits for that is next already. */
    SigningKey next() {
        look();
        Slot last = slots.getLast();
        if (last.signsFrom().isAfter(clock.instant())) {
            return last.key();
        }
        add(last.number() + 1, clock.instant().plus(NOTICE));
        return slots.getLast().key();
    }

    /** Somebody else has the key: what any older key signed is worth nothing from now on. */
    SigningKey replace() {
        look();
        int last = slots.getLast().number();
        add(last + 1, clock.instant());
        execute("delete from signing_key where slot <= ?", last);
        look();
        return slots.getLast().key();
    }

    private void forget() {
        Instant now = clock.instant();
        List<Slot> known = slots;
        for (int i = 0; i < known.size() - 1; i++) {
            if (!lasts(known.get(i + 1), now)) {
                execute("delete from signing_key where slot = ?", known.get(i).number());
            }
        }
    }

    private void add(int number, Instant signsFrom) {
        try (Connection connection = database.getConnection()) {
            store(connection, number, generated(), signsFrom);
        } catch (SQLException | GeneralSecurityException broken) {
            throw new IllegalStateException("A signing key cannot be made.", broken);
        }
        look();
    }

    private void execute(String sql, int number) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, number);
            statement.executeUpdate();
        } catch (SQLException broken) {
            throw Problem.unavailable("The signing keys cannot be changed.", Duration.ofSeconds(5));
        }
    }

    private void look() {
        try (Connection connection = database.getConnection()) {
            slots = stored(connection);
            lookedAt = clock.instant();
        } catch (SQLException | GeneralSecurityException broken) {
            throw new IllegalStateException("The signing keys cannot be read.", broken);
        }
    }

    private static SigningKey generated() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        KeyPair pair = generator.generateKeyPair();
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(pair.getPublic().getEncoded());
        String kid =
                Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 16);
        return new SigningKey(kid, (RSAPrivateKey) pair.getPrivate(), (RSAPublicKey) pair.getPublic());
    }

    private void store(Connection connection, int number, SigningKey key, Instant signsFrom) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into signing_key (slot, kid, private_key, public_key, created_at, signs_from) values (?, ?, ?, ?, ?, ?)")) {
            insert.setInt(1, number);
            insert.setString(2, key.kid());
            insert.setString(
                    3, Base64.getEncoder().encodeToString(key.privateKey().getEncoded()));
            insert.setString(
                    4, Base64.getEncoder().encodeToString(key.publicKey().getEncoded()));
            insert.setObject(5, clock.instant().atOffset(ZoneOffset.UTC));
            insert.setObject(6, signsFrom.atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException raced) {
            // another node was first: its key is as good. Drivers differ in the class, not in the SQL state.
            boolean taken = raced instanceof SQLIntegrityConstraintViolationException
                    || (raced.getSQLState() != null && raced.getSQLState().startsWith("23"));
            if (!taken) {
                throw raced;
            }
        }
    }

    private static List<Slot> stored(Connection connection) throws SQLException, GeneralSecurityException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select slot, kid, private_key, public_key, created_at, signs_from from signing_key order by slot");
                ResultSet rows = select.executeQuery()) {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            Base64.Decoder base64 = Base64.getDecoder();
            List<Slot> found = new ArrayList<>();
            while (rows.next()) {
                found.add(new Slot(
                        rows.getInt(1),
                        new SigningKey(
                                rows.getString(2),
                                (RSAPrivateKey)
                                        rsa.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(rows.getString(3)))),
                                (RSAPublicKey)
                                        rsa.generatePublic(new X509EncodedKeySpec(base64.decode(rows.getString(4))))),
                        rows.getObject(5, OffsetDateTime.class).toInstant(),
                        rows.getObject(6, OffsetDateTime.class).toInstant()));
            }
            return List.copyOf(found);
        }
    }
}
