package dev.parley.ratelimit;

import java.util.Locale;

/**
 * What is limited, and how much by default. {@code parley.limits.<name>} changes it, in the same words: {@code
 * parley.limits.call-start=12/min burst 3}.
 */
public enum Limit {
    /** Connections that an address opens. */
    HANDSHAKE("10/s burst 50", Reach.NODE),
    /** Anything a socket says. */
    EVENT("50/s burst 100", Reach.NODE),
    /** Messages that a person sends, edits or reacts to. */
    MESSAGE("5/s burst 20", Reach.CLUSTER),
    /** Ephemeral notices other than typing. */
    EPHEMERAL("5/s burst 20", Reach.NODE),
    TYPING("1/3s", Reach.NODE),
    /** Status that a person sets. */
    PRESENCE("1/5s burst 5", Reach.NODE),
    /** Lists, history and searches that a person reads. */
    READ("20/s burst 60", Reach.NODE),
    /** Rooms and memberships that a person creates or changes. */
    ROOM("30/min burst 30", Reach.CLUSTER),
    PRESIGN("20/min", Reach.CLUSTER),
    CALL_START("6/min", Reach.CLUSTER),
    /** Signals of a call other than its candidates, which have a limit of their own. */
    CALL_SIGNAL("20/s burst 200", Reach.NODE),
    /** Accounts that an address creates. */
    REGISTER("10/10min", Reach.CLUSTER),
    /** Attempts to sign in of an address, whatever their outcome; failures are slowed down besides. */
    SIGN_IN("30/min burst 60", Reach.NODE),
    /** Tokens that an address refreshes. */
    REFRESH("120/min burst 240", Reach.NODE),
    /** Refusals for going too fast that a socket may collect before it is disconnected. */
    EXCESS("10/s burst 100", Reach.NODE);

    enum Reach {
        /** Each node counts for itself. */
        NODE,
        /** All nodes count together; costs a message between them. A burst must be regained within ten minutes. */
        CLUSTER
    }

    private final String standard;
    private final Reach reach;

    Limit(String standard, Reach reach) {
        this.standard = standard;
        this.reach = reach;
    }

    /** The rate when nothing is configured. */
    public Rate standard() {
        return Rate.parse(standard);
    }

    Reach reach() {
        return reach;
    }

    /** The name in configuration. */
    String property() {
        return "parley.limits." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
