package dev.parley.signin;

import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;

/** What access tokens are signed with (RS256). */
public record SigningKey(String kid, RSAPrivateKey privateKey, RSAPublicKey publicKey) {

    /** Without the key. */
    @Override
    public String toString() {
        return "SigningKey[" + kid + "]";
    }
}
