package dev.parley.socketio.jakarta.door;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** What servers offer beyond the standard, found by {@link ServiceLoader}. */
final class OnClassPath {

    private OnClassPath() {}

    /**
     * All that can be loaded; nothing, with a line in the log, when one is made for a server that is not this one, or when the
     * deployment does not see that server's own classes.
     *
     * @param otherwise what happens without them, for the log
     */
    static <S> List<S> find(Class<S> service, String otherwise) {
        var found = new ArrayList<S>();
        try {
            ServiceLoader.load(service, service.getClassLoader()).forEach(found::add);
        } catch (ServiceConfigurationError | LinkageError e) {
            System.getLogger(service.getName()).log(System.Logger.Level.INFO, "{0}: {1}", otherwise, e.toString());
        }
        return found;
    }
}
