package dev.parley.web.token;

import java.util.Locale;

/** A token that proves nothing. Says no more than this about why: the rest is an attacker's business. */
public final class TokenRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** In the words of the contract. */
    public enum Reason {
        TOKEN_MISSING("There is no access token."),
        TOKEN_INVALID("The access token is not valid."),
        TOKEN_EXPIRED("The access token has expired.");

        private final String message;

        Reason(String message) {
            this.message = message;
        }

        /** The code of the refusal. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;

    TokenRefused(Reason reason) {
        super(reason.message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
