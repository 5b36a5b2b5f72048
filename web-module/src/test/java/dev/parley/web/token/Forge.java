package dev.parley.web.token;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens, good and bad ones, with nothing but the JDK. */
final class Forge {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    static final String KID = "first";

    private Forge() {}

    static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static KeyPair ec() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Map<String, Object> claims(String issuer, UUID userId, UUID sessionId, Instant now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", userId.toString());
        claims.put("upn", "alice");
        claims.put("groups", List.of("user"));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plusSeconds(900).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("sid", sessionId.toString());
        return claims;
    }

    static String token(String algorithm, Key key, Map<String, Object> claims) {
        return token(algorithm, KID, key, claims);
    }

    static String token(String algorithm, String kid, Key key, Map<String, Object> claims) {
        try {
            String content = part(Map.of("alg", algorithm, "typ", "JWT", "kid", kid)) + '.' + part(claims);
            return content + '.' + BASE64URL.encodeToString(signature(algorithm, key, content));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static String part(Map<String, Object> json) {
        try {
            return BASE64URL.encodeToString(new ObjectMapper().writeValueAsBytes(json));
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] signature(String algorithm, Key key, String content) throws GeneralSecurityException {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        if (algorithm.equals("none")) {
            return new byte[0];
        }
        if (algorithm.startsWith("HS")) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            return mac.doFinal(bytes);
        }
        Signature signature = Signature.getInstance(
                switch (algorithm) {
                    case "ES256" -> "SHA256withECDSAinP1363Format";
                    case "RS384" -> "SHA384withRSA";
                    default -> "SHA256withRSA";
                });
        signature.initSign((PrivateKey) key);
        signature.update(bytes);
        return signature.sign();
    }
}
