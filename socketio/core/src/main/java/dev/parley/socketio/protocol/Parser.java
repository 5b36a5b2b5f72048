package dev.parley.socketio.protocol;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.engineio.Frame;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * How packets become Engine.IO messages and back. A server has one and its clients must use the same: the protocol has no way to
 * agree on it. Thread-safe; its readers are not.
 */
public interface Parser {

    /** The messages of a packet, in order. */
    List<Frame> encode(Packet packet);

    /** A reader for one connection. */
    PacketReader reader();

    /**
     * The parser of that name: {@code json}, or one that a jar on the class path {@linkplain ParserProvider offers}.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Parser named(String name, ObjectMapper mapper) {
        if (name.equals("json")) {
            return json(mapper);
        }
        for (var loader : List.of(
                Optional.ofNullable(Thread.currentThread().getContextClassLoader()),
                Optional.ofNullable(Parser.class.getClassLoader()))) {
            for (var provider : ServiceLoader.load(ParserProvider.class, loader.orElse(null))) {
                if (provider.name().equals(name)) {
                    return provider.create(mapper);
                }
            }
        }
        throw new IllegalArgumentException("no parser is called \"" + name + "\": is its jar missing?");
    }

    /** The protocol's own: JSON, binary data as attachments, {@value Decoder#MAX_ATTACHMENTS} of them at most in what is read. */
    static Parser json(ObjectMapper mapper) {
        return json(mapper, Decoder.MAX_ATTACHMENTS);
    }

    /**
     * @param mapper writes what Jackson trees hold as plain objects
     * @param maxAttachments of one packet that is read
     */
    static Parser json(ObjectMapper mapper, int maxAttachments) {
        return new JsonParser(mapper, maxAttachments);
    }
}
