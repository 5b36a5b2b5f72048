package dev.parley.web.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.signin.SigningKey;
import dev.parley.signin.SigningKeys;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;

/** The public keys of our tokens, the next one and old ones included, as a <a href="https://www.rfc-editor.org/rfc/rfc7517">JSON Web Key Set</a>. */
@WebServlet("/.well-known/jwks.json")
public class KeysServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient SigningKeys keys;

    @Inject
    transient ObjectMapper mapper;

    record KeySet(List<Key> keys) {}

    record Key(String kty, String use, String alg, String kid, String n, String e) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "public, max-age=300");
        response.getOutputStream()
                .write(mapper.writeValueAsBytes(new KeySet(
                        keys.believed().stream().map(KeysServlet::key).toList())));
    }

    static Key key(SigningKey key) {
        return new Key(
                "RSA",
                "sig",
                "RS256",
                key.kid(),
                number(key.publicKey().getModulus()),
                number(key.publicKey().getPublicExponent()));
    }

    /** Big-endian, without the sign's zero byte. */
    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
    }
}
