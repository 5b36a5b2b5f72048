package dev.parley.web.realtime;

import java.util.UUID;

/** Who hears something: the only place that spells the names of Socket.IO rooms. */
final class Audience {

    private Audience() {}

    /** All sockets of the members of a room. */
    static String room(UUID roomId) {
        return "room:" + roomId;
    }

    /** All sockets of a person. */
    static String person(UUID userId) {
        return "person:" + userId;
    }

    /** All sockets of one sign-in: a device, with all its tabs. */
    static String session(UUID sessionId) {
        return "session:" + sessionId;
    }

    /** The socket that carries one leg of a call. */
    static String leg(UUID legId) {
        return "leg:" + legId;
    }

    /** All legs of a call. */
    static String call(UUID callId) {
        return "call:" + callId;
    }
}
