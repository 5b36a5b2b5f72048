package dev.parley.web.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.signin.Device;
import dev.parley.signin.SessionService;
import dev.parley.users.AccountService;
import dev.parley.users.Holder;
import dev.parley.users.User;
import dev.parley.web.token.TokenRefused.Reason;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

    private static final KeyPair OWN = Forge.rsa();
    private static final KeyPair STRANGER = Forge.rsa();
    private static final KeyPair OIDC = Forge.ec();
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final User ALICE = new User(UUID.randomUUID(), "alice", "Alice", null);
    private static final UUID SESSION = UUID.randomUUID();

    private static final Device DEVICE = Device.of(null, "127.0.0.1");

    private final Map<String, KeyPair> keys = new HashMap<>(Map.of(Forge.KID, OWN));
    private Holder holder = new Holder(ALICE, Set.of("bot"), false);
    private boolean ownSignIn = true;
    private final Set<UUID> ended = new HashSet<>();
    private final List<UUID> adopted = new ArrayList<>();
    private final Map<String, String> settings = new HashMap<>();

    private TokenVerifier verifier() {
        return new TokenVerifier(
                ownSignIn
                        ? Optional.of(Issuer.own(
                                "urn:parley",
                                kid -> Optional.ofNullable(keys.get(kid)).map(key -> (RSAPublicKey) key.getPublic())))
                        : Optional.empty(),
                Issuer.configured(name -> Optional.ofNullable(settings.get(name))),
                new AccountService() {
                    @Override
                    public Optional<Holder> holder(UUID id) {
                        return Optional.of(holder)
                                .filter(found -> found.user().id().equals(id));
                    }

                    @Override
                    public Holder vouchedFor(
                            String issuer, String subject, String username, @Nullable String displayName) {
                        User user = new User(ALICE.id(), username, displayName == null ? username : displayName, null);
                        return new Holder(user, Set.of("of the row"), holder.disabled());
                    }
                },
                new SessionService() {
                    @Override
                    public Set<UUID> endedAmong(Collection<UUID> sessionIds) {
                        Set<UUID> found = new HashSet<>(sessionIds);
                        found.retainAll(ended);
                        return found;
                    }

                    @Override
                    public void adopt(UUID sessionId, UUID accountId, Device device, @Nullable Instant provedAt) {
                        adopted.add(sessionId);
                    }
                },
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Map<String, Object> claims() {
        return Forge.claims("urn:parley", ALICE.id(), SESSION, NOW);
    }

    private static String changed(Consumer<Map<String, Object>> change) {
        Map<String, Object> claims = claims();
        change.accept(claims);
        return Forge.token("RS256", OWN.getPrivate(), claims);
    }

    private @Nullable Reason refusal(@Nullable String token) {
        TokenRefused refused =
                catchThrowableOfType(TokenRefused.class, () -> verifier().verify(token, DEVICE));
        return refused == null ? null : refused.reason();
    }

    @Test
    void believes_a_token_of_ours() {
        VerifiedToken verified = verifier().verify(changed(claims -> {}), DEVICE);

        assertThat(verified.caller().userId()).isEqualTo(ALICE.id());
        assertThat(verified.caller().sessionId()).isEqualTo(SESSION);
        assertThat(verified.caller().username()).isEqualTo("alice");
        assertThat(verified.caller().roles()).containsExactlyInAnyOrder("user", "bot");
        assertThat(verified.expiresAt()).isEqualTo(NOW.plusSeconds(900));
    }

    @Test
    void misses_a_token_that_is_not_there() {
        assertThat(refusal(null)).isEqualTo(Reason.TOKEN_MISSING);
        assertThat(refusal(" ")).isEqualTo(Reason.TOKEN_MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b", "a.b.c", "..", "a.b.c.d", "{}.{}.{}", "e30.e30.", "e30.bnVsbA.x"})
    void refuses_what_is_no_token(String token) {
        assertThat(refusal(token)).isEqualTo(Reason.TOKEN_INVALID);
    }

    @Test
    void refuses_forgeries() {
        String good = changed(claims -> {});
        String[] parts = good.split("\\.", -1);
        Map<String, Object> more = claims();
        more.put("groups", List.of("admin"));

        assertThat(refusal(Forge.token("none", OWN.getPublic(), claims()))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(parts[0] + '.' + parts[1] + '.')).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(Forge.token("HS256", OWN.getPublic(), claims()))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(Forge.token("RS256", STRANGER.getPrivate(), claims())))
                .isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(Forge.token("RS384", OWN.getPrivate(), claims()))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(Forge.token("ES256", OIDC.getPrivate(), claims()))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(parts[0] + '.' + Forge.part(more) + '.' + parts[2])).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(good + "x".repeat(8192))).isEqualTo(Reason.TOKEN_INVALID);
    }

    @Test
    void refuses_claims_that_are_not_ours() {
        assertThat(refusal(changed(claims -> claims.put("iss", "https://elsewhere.example"))))
                .isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(changed(claims -> claims.remove("iss")))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(changed(claims -> claims.remove("exp")))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(changed(claims -> claims.put("exp", "soon")))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(changed(claims -> claims.remove("sub")))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(changed(claims -> claims.put("sub", "alice")))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(changed(claims -> claims.remove("sid")))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(changed(claims -> claims.put("sub", UUID.randomUUID().toString()))))
                .isEqualTo(Reason.TOKEN_INVALID);
    }

    @Test
    void tells_a_token_that_has_expired_from_one_that_is_forged() {
        long now = NOW.getEpochSecond();
        Map<String, Object> old = claims();
        old.put("exp", now - 1);

        assertThat(refusal(changed(claims -> claims.put("exp", now)))).isEqualTo(Reason.TOKEN_EXPIRED);
        assertThat(refusal(changed(claims -> claims.put("exp", now + 1)))).isNull();
        assertThat(refusal(Forge.token("RS256", STRANGER.getPrivate(), old))).isEqualTo(Reason.TOKEN_INVALID);
    }

    @Test
    void refuses_a_token_before_its_time() {
        long now = NOW.getEpochSecond();

        assertThat(refusal(changed(claims -> claims.put("nbf", now + 1)))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(changed(claims -> claims.put("nbf", now)))).isNull();
    }

    @Test
    void refuses_a_token_of_a_session_that_was_ended() {
        ended.add(SESSION);

        assertThat(refusal(changed(claims -> {}))).isEqualTo(Reason.TOKEN_INVALID);
    }

    @Test
    void refuses_whose_account_was_closed() {
        String own = changed(claims -> {});
        String other = Forge.token("ES256", OIDC.getPrivate(), vouched());
        holder = new Holder(ALICE, Set.of(), true);

        assertThat(refusal(own)).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(other)).isEqualTo(Reason.TOKEN_INVALID);
    }

    @Test
    void believes_each_key_for_as_long_as_it_is_on_the_ring() {
        KeyPair next = Forge.rsa();
        String old = changed(claims -> {});
        String fresh = Forge.token("RS256", "second", next.getPrivate(), claims());
        TokenVerifier verifier = verifier();
        assertThat(refusal(fresh)).isEqualTo(Reason.TOKEN_INVALID);

        keys.put("second", next);
        assertThat(verifier.verify(fresh, DEVICE).caller().userId()).isEqualTo(ALICE.id());
        assertThat(verifier.verify(old, DEVICE).caller().userId()).isEqualTo(ALICE.id());

        keys.remove(Forge.KID);
        assertThatExceptionOfType(TokenRefused.class).isThrownBy(() -> verifier.verify(old, DEVICE));
        // the right id on the wrong key
        assertThat(refusal(Forge.token("RS256", "second", OWN.getPrivate(), claims())))
                .isEqualTo(Reason.TOKEN_INVALID);
    }

    @Test
    void believes_no_token_of_ours_where_people_sign_in_elsewhere() {
        String own = changed(claims -> {});
        ownSignIn = false;

        assertThat(refusal(own)).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(Forge.token("ES256", OIDC.getPrivate(), vouched()))).isNull();
    }

    private Map<String, Object> vouched() {
        settings.put("mp.jwt.verify.issuer", "https://id.example");
        settings.put(
                "mp.jwt.verify.publickey",
                Base64.getEncoder().encodeToString(OIDC.getPublic().getEncoded()));
        settings.put("mp.jwt.verify.publickey.algorithm", "ES256");
        settings.put("mp.jwt.verify.audiences", "parley, other");
        Map<String, Object> claims = Forge.claims("https://id.example", UUID.randomUUID(), SESSION, NOW);
        claims.put("sub", "f:42:al");
        claims.put("preferred_username", "al");
        claims.put("name", "Al");
        claims.put("aud", "parley");
        return claims;
    }

    @Test
    void believes_the_issuer_that_is_configured_and_knows_its_sessions_again() {
        Map<String, Object> claims = vouched();

        VerifiedToken first = verifier().verify(Forge.token("ES256", OIDC.getPrivate(), claims), DEVICE);
        claims.put("jti", "another");
        VerifiedToken second = verifier().verify(Forge.token("ES256", OIDC.getPrivate(), claims), DEVICE);

        assertThat(first.caller().username()).isEqualTo("al");
        assertThat(first.caller().roles()).containsExactly("user");
        assertThat(second.caller().sessionId()).isEqualTo(first.caller().sessionId());
        assertThat(adopted).containsOnly(first.caller().sessionId());
        assertThat(refusal(changed(own -> {}))).isNull();
    }

    @Test
    void refuses_what_the_configured_issuer_did_not_mean_for_us() {
        Map<String, Object> claims = vouched();
        claims.put("aud", "somebody-else");
        assertThat(refusal(Forge.token("ES256", OIDC.getPrivate(), claims))).isEqualTo(Reason.TOKEN_INVALID);

        claims.remove("aud");
        assertThat(refusal(Forge.token("ES256", OIDC.getPrivate(), claims))).isEqualTo(Reason.TOKEN_INVALID);

        claims.put("aud", "parley");
        assertThat(refusal(Forge.token("RS256", OWN.getPrivate(), claims))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(Forge.token("HS256", OIDC.getPublic(), claims))).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(refusal(Forge.token("none", OIDC.getPublic(), claims))).isEqualTo(Reason.TOKEN_INVALID);
    }
}
