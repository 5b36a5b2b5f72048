package dev.parley.signin;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The signing key: made by whichever node starts first, kept in the database, the same for all. Plain JDBC, because losing the race
 * for the row is part of the plan and must roll nothing back.
 */
@Singleton
@Startup
@DependsOn("Migrator")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class SigningKeys {

    private static final int BITS = 2048;
    private static final int IN_USE = 0;

    @Resource(lookup = "java:jboss/datasources/ParleyDS")
    DataSource database;

    private volatile @Nullable SigningKey current;

    @PostConstruct
    void load() {
        current = loaded(database);
    }

    public SigningKey current() {
        return Objects.requireNonNull(current);
    }

    static SigningKey loaded(DataSource database) {
        try (Connection connection = database.getConnection()) {
            Optional<SigningKey> stored = stored(connection);
            if (stored.isPresent()) {
                return stored.get();
            }
            store(connection, generated());
            return stored(connection)
                    .orElseThrow(() -> new IllegalStateException("The signing key was stored but is not there."));
        } catch (SQLException | GeneralSecurityException broken) {
            throw new IllegalStateException("The signing key cannot be loaded or made.", broken);
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

    private static void store(Connection connection, SigningKey key) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into signing_key (slot, kid, private_key, public_key, created_at) values (?, ?, ?, ?, ?)")) {
            insert.setInt(1, IN_USE);
            insert.setString(2, key.kid());
            insert.setString(
                    3, Base64.getEncoder().encodeToString(key.privateKey().getEncoded()));
            insert.setString(
                    4, Base64.getEncoder().encodeToString(key.publicKey().getEncoded()));
            insert.setObject(5, OffsetDateTime.now(ZoneOffset.UTC));
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

    private static Optional<SigningKey> stored(Connection connection) throws SQLException, GeneralSecurityException {
        try (PreparedStatement select =
                connection.prepareStatement("select kid, private_key, public_key from signing_key where slot = ?")) {
            select.setInt(1, IN_USE);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                KeyFactory rsa = KeyFactory.getInstance("RSA");
                Base64.Decoder base64 = Base64.getDecoder();
                return Optional.of(new SigningKey(
                        rows.getString(1),
                        (RSAPrivateKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(rows.getString(2)))),
                        (RSAPublicKey) rsa.generatePublic(new X509EncodedKeySpec(base64.decode(rows.getString(3))))));
            }
        }
    }
}
