package dev.parley.web.realtime;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;

/**
 * Hears that the application is being stopped, before all others do: a container destroys filters before it tells listeners, one of which
 * closes the connections, and CDI learns of it last. Lets everything pass.
 */
@WebFilter(urlPatterns = "/socket.io/*", asyncSupported = true)
public class Farewell extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Inject
    transient SessionWatch watch;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public Farewell() {}

    @Override
    public void destroy() {
        watch.goodbye();
    }
}
