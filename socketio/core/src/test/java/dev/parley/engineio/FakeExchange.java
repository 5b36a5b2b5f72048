package dev.parley.engineio;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request that remembers its response. */
public final class FakeExchange implements HttpExchange {

    private final EngineRequest request;
    private @Nullable Body body;
    private @Nullable Consumer<Body> reader;
    private @Nullable EngineResponse response;
    private boolean unread;
    private @Nullable ResponseEnd end;
    private @Nullable Runnable gone;

    FakeExchange(EngineRequest request, @Nullable Body body) {
        this.request = request;
        this.body = body;
    }

    public static FakeExchange get(String... parameters) {
        return new FakeExchange(request("GET", parameters), new Body.Complete(""));
    }

    /** Its body arrives at once. */
    public static FakeExchange post(String body, String... parameters) {
        return new FakeExchange(request("POST", parameters), new Body.Complete(body));
    }

    /** Its body arrives by {@link #arrive}. */
    public static FakeExchange slowPost(String... parameters) {
        return new FakeExchange(request("POST", parameters), null);
    }

    public static EngineRequest request(String method, String... parameters) {
        return new EngineRequest(
                method,
                "/engine.io/?" + String.join("&", parameters),
                Stream.of(parameters)
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> List.of(pair[1]))),
                Map.of(),
                "127.0.0.1",
                false);
    }

    @Override
    public EngineRequest request() {
        return request;
    }

    @Override
    public void readBody(int limit, Consumer<Body> receiver) {
        reader = receiver;
        if (body != null) {
            arrive(body);
        }
    }

    public void arrive(Body arrived) {
        body = arrived;
        if (reader != null) {
            reader.accept(arrived);
        }
    }

    @Override
    public void respond(EngineResponse answer) {
        if (response != null) {
            throw new IllegalStateException("responded twice");
        }
        response = answer;
    }

    public EngineResponse response() {
        if (response == null) {
            throw new IllegalStateException("not answered");
        }
        return response;
    }

    /** Its client does not read the response until {@link #read}. */
    public FakeExchange unread() {
        unread = true;
        return this;
    }

    @Override
    public void respond(EngineResponse answer, ResponseEnd whenEnded) {
        respond(answer);
        if (unread) {
            end = whenEnded;
        } else {
            whenEnded.ended(true);
        }
    }

    @Override
    public void whenGone(Runnable task) {
        gone = task;
    }

    /** Its client reads the response. */
    public void read() {
        end(true);
    }

    /** Its client goes away, be it before the response or before all of it was written. */
    public void leave() {
        if (gone != null && isPending()) {
            gone.run();
        }
        end(false);
    }

    private void end(boolean written) {
        if (end != null) {
            end.ended(written);
            end = null;
        }
    }

    public boolean isPending() {
        return response == null;
    }

    public int status() {
        return response == null ? -1 : response.status();
    }

    public String text() {
        return response == null ? "(pending)" : response.body();
    }
}
