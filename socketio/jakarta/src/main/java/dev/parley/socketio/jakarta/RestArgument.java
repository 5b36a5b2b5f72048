package dev.parley.socketio.jakarta;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.socketio.Event;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

/** Reads all arguments of an event from some place on. */
final class RestArgument implements Argument {

    private final Parameter.Rest parameter;
    private final ObjectMapper json;
    /** By place, made when a client sends so many for the first time. */
    private final List<PayloadArgument> readers = new ArrayList<>();

    RestArgument(Parameter.Rest parameter, ObjectMapper json) {
        this.parameter = parameter;
        this.json = json;
        var unused = reader(0); // a type that Jackson cannot read fails the deployment
    }

    @Override
    public Object from(Occasion occasion) {
        Event event = Arguments.event(occasion);
        int count = Math.max(0, event.arguments().size() - parameter.index());
        Object values = Array.newInstance(parameter.element(), count);
        for (int i = 0; i < count; i++) {
            Array.set(values, i, reader(i).from(occasion));
        }
        return values;
    }

    /** Beyond what is kept, made anew: a client's many arguments must not stay in memory. */
    private PayloadArgument reader(int place) {
        synchronized (readers) {
            while (readers.size() <= Math.min(place, 15)) {
                readers.add(make(readers.size()));
            }
            return place < readers.size() ? readers.get(place) : make(place);
        }
    }

    private PayloadArgument make(int place) {
        var one = new Parameter.Payload(
                parameter.index() + place, parameter.label() + "[" + place + "]", parameter.element(), false);
        return new PayloadArgument(one, json.constructType(parameter.element()), json);
    }
}
