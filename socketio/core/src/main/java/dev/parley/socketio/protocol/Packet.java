package dev.parley.socketio.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO v5 packet. Binary data is a {@link com.fasterxml.jackson.databind.node.BinaryNode} wherever it stands in the
 * arguments; whether a packet travels as "binary event" is the encoder's business.
 */
public sealed interface Packet {

    /** The namespace it belongs to, with its leading slash. */
    String namespace();

    /** A client asks to connect to a namespace, or the server says that it is. */
    record Connect(String namespace, @Nullable ObjectNode auth) implements Packet {

        /** What the client proves itself with, or what the server tells. */
        public Optional<ObjectNode> payload() {
            return Optional.ofNullable(auth);
        }
    }

    /** Either side leaves a namespace. */
    record Disconnect(String namespace) implements Packet {}

    /**
     * Something happened.
     *
     * @param arguments the event's name (a string or a number) and what follows it
     * @param ackId the number to acknowledge with, {@link #NO_ACK} when none is wanted
     */
    record Event(String namespace, long ackId, List<JsonNode> arguments) implements Packet {

        public Event {
            arguments = List.copyOf(arguments);
            if (arguments.isEmpty()) {
                throw new IllegalArgumentException("an event without a name");
            }
        }

        /** The event's name, the first argument as text. */
        public String name() {
            return arguments.getFirst().asText();
        }

        /** The number to acknowledge with, if the sender wants to know. */
        public OptionalLong acknowledgeWith() {
            return ackId == NO_ACK ? OptionalLong.empty() : OptionalLong.of(ackId);
        }
    }

    /** The answer to an event. */
    record Ack(String namespace, long ackId, List<JsonNode> arguments) implements Packet {

        public Ack {
            arguments = List.copyOf(arguments);
        }
    }

    /** A CONNECT is refused. */
    record ConnectError(String namespace, JsonNode error) implements Packet {}

    /** Stands for "no acknowledgement wanted". */
    long NO_ACK = -1;
}
