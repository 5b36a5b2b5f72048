package dev.parley.socketio.msgpack;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.socketio.protocol.Parser;
import dev.parley.socketio.protocol.ParserProvider;

/** Makes the parser known by its name, {@code msgpack}. */
public final class MsgPackProvider implements ParserProvider {

    @Override
    public String name() {
        return "msgpack";
    }

    @Override
    public Parser create(ObjectMapper mapper) {
        return MsgPackParser.of(mapper);
    }
}
