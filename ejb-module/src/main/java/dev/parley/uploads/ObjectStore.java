package dev.parley.uploads;

import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where bytes are kept, away from this server. Every method but the two that sign may ask the store over the network and throws
 * {@link dev.parley.problem.Problem} {@code unavailable} when it does not answer in time.
 */
public interface ObjectStore {

    /**
     * What a browser needs to write one object.
     *
     * @param headers to send exactly so
     */
    record Permit(URI url, Map<String, String> headers, Instant expiresAt) {

        public Permit {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * How an object is to be served, whatever was said when it was written.
     *
     * @param disposition a Content-Disposition
     */
    record Served(String contentType, String disposition) {}

    /** Whether there is a store at all. */
    boolean configured();

    /** Lets a browser create this object and nothing else; one that exists cannot be written again. Signs only. */
    Permit permitWriting(String name, String contentType, Duration life);

    /** Where a browser can read this object for a while. Signs only. */
    URI permitReading(String name, Served served, Duration life);

    /**
     * Copies an object to a name that has none yet; what is there stays as it is.
     *
     * @return the size in bytes of what is there then; empty when neither exists
     */
    OptionalLong adopt(String from, String to);

    /** The first bytes of an object, fewer when it is shorter. */
    byte[] head(String name, int length);

    /** All bytes of an object. */
    void read(String name, OutputStream out);

    /** Asks for a sign of life. */
    void reach();

    /** An object that is gone already is no error. */
    void remove(String name);

    /** Removes what lies under a prefix and was last written before then. */
    void removeOlder(String prefix, Instant before);

    /**
     * Prepares an empty store for use: for development, where nobody else does it.
     *
     * @param origins whose pages may write and read from a browser
     */
    void prepare(Set<String> origins);
}
