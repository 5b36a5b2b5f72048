package dev.parley.calls;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is missing or weak about the servers that help calls, for who configures them. */
public enum IceWarning {
    /** Nobody learns how their router shows them, so that direct paths between two homes are not found. */
    NO_STUN,
    /** Nobody relays for those between whom there is no direct path. */
    NO_TURN,
    /** No {@code turn:} address by UDP: what is relayed waits for what was lost. */
    NO_UDP,
    /** No {@code turn:} address by TCP for those whose firewall blocks UDP. */
    NO_TCP,
    /** No {@code turns:} address for those whose firewall passes nothing but the web. */
    NO_TLS,
    /** The secret can be guessed from a credential, and then the relay serves whoever guessed it. */
    SHORT_SECRET;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
