package dev.parley.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.users.Holder;
import dev.parley.users.Roles;
import dev.parley.users.User;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Writes access tokens: <a href="https://www.rfc-editor.org/rfc/rfc7519">JWTs</a> with the claims of MicroProfile JWT, RS256. */
final class AccessTokens {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private AccessTokens() {}

    /** @param sessionId the claim {@code sid} */
    static String signed(
            SigningKey key, String issuer, Holder holder, UUID sessionId, Instant issuedAt, Instant expiresAt) {
        User user = holder.user();
        Set<String> groups = new TreeSet<>(holder.roles());
        groups.add(Roles.USER);
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "RS256");
        header.put("typ", "JWT");
        header.put("kid", key.kid());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", user.id().toString());
        claims.put("upn", user.username());
        claims.put("groups", groups);
        claims.put("iat", issuedAt.getEpochSecond());
        claims.put("exp", expiresAt.getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("sid", sessionId.toString());
        try {
            String content = encoded(header) + '.' + encoded(claims);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.privateKey());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + '.' + BASE64URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException | JsonProcessingException broken) {
            throw new IllegalStateException("An access token cannot be signed.", broken);
        }
    }

    private static String encoded(Map<String, Object> part) throws JsonProcessingException {
        return BASE64URL.encodeToString(JSON.writeValueAsBytes(part));
    }
}
