package dev.parley.socketio.protocol;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Offers a parser by name, as a service ({@link java.util.ServiceLoader}): it is there when its jar is. */
public interface ParserProvider {

    /** What the configuration calls the parser, {@code msgpack} for example. */
    String name();

    /** @param mapper writes what Jackson trees hold as plain objects */
    Parser create(ObjectMapper mapper);
}
