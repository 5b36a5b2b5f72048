package dev.parley.users;

import dev.parley.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wildfly.security.password.Password;
import org.wildfly.security.password.PasswordFactory;
import org.wildfly.security.password.WildFlyElytronPasswordProvider;
import org.wildfly.security.password.interfaces.BCryptPassword;
import org.wildfly.security.password.spec.EncryptablePasswordSpec;
import org.wildfly.security.password.spec.IteratedSaltedPasswordAlgorithmSpec;
import org.wildfly.security.password.util.ModularCrypt;

/** Hashes passwords with bcrypt, some 200 ms each, and only a few at a time: signing in must not starve everything else. */
@ApplicationScoped
class Passwords {

    /** bcrypt looks at no more. */
    static final int MOST_BYTES = 72;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SecureRandom random = new SecureRandom();
    private final Semaphore turns;
    private final int cost;
    /** What is compared for somebody who does not exist, so that it takes as long. */
    private final String nobody;

    Passwords() {
        this(11);
    }

    /** @param cost the logarithm of the number of rounds */
    Passwords(int cost) {
        this.cost = cost;
        this.turns = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()));
        this.nobody = hash(Long.toString(random.nextLong()));
    }

    /** In modular crypt format, {@code $2a$11$…}. */
    String hash(String password) {
        byte[] salt = new byte[BCryptPassword.BCRYPT_SALT_SIZE];
        random.nextBytes(salt);
        return inTurn(() -> {
            Password hashed = bcrypt().generatePassword(new EncryptablePasswordSpec(
                    password.toCharArray(),
                    new IteratedSaltedPasswordAlgorithmSpec(cost, salt),
                    StandardCharsets.UTF_8));
            return ModularCrypt.encodeAsString(hashed);
        });
    }

    /** @param hash null for somebody who has no password: takes as long, and is false */
    boolean verify(@Nullable String hash, String password) {
        if (password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return verify(null, "");
        }
        boolean matches = inTurn(() -> matches(hash == null ? nobody : hash, password));
        return matches && hash != null;
    }

    private static boolean matches(String hash, String password) throws GeneralSecurityException {
        PasswordFactory bcrypt = bcrypt();
        return bcrypt.verify(
                bcrypt.translate(ModularCrypt.decode(hash)), password.toCharArray(), StandardCharsets.UTF_8);
    }

    private static PasswordFactory bcrypt() throws GeneralSecurityException {
        return PasswordFactory.getInstance(
                BCryptPassword.ALGORITHM_BCRYPT, WildFlyElytronPasswordProvider.getInstance());
    }

    private interface Work<T> {
        T run() throws GeneralSecurityException;
    }

    private <T> T inTurn(Work<T> work) {
        try {
            if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Problem.unavailable("Too many people are signing in.", PATIENCE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The server is stopping.", PATIENCE);
        }
        try {
            return work.run();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("A stored password hash cannot be read.", broken);
        } finally {
            turns.release();
        }
    }
}
