package dev.parley.uploads;

import dev.parley.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A store in memory, which tests fill as a browser would. */
final class MemoryStore implements ObjectStore {

    final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    volatile boolean down;

    @Override
    public boolean configured() {
        return true;
    }

    @Override
    public Permit permitWriting(String name, String contentType, Duration life) {
        return new Permit(URI.create("memory:" + name), Map.of("Content-Type", contentType), Instant.EPOCH.plus(life));
    }

    @Override
    public URI permitReading(String name, Served served, Duration life) {
        return URI.create("memory:" + name + "#"
                + java.net.URLEncoder.encode(
                        served.contentType() + " " + served.disposition(), java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public OptionalLong adopt(String from, String to) {
        available();
        byte[] source = objects.get(from);
        if (source != null) {
            objects.putIfAbsent(to, source);
        }
        return objects.containsKey(to) ? OptionalLong.of(objects.get(to).length) : OptionalLong.empty();
    }

    @Override
    public byte[] head(String name, int length) {
        available();
        byte[] all = objects.get(name);
        return Arrays.copyOf(all, Math.min(length, all.length));
    }

    @Override
    public void read(String name, OutputStream out) {
        available();
        try {
            out.write(objects.get(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remove(String name) {
        available();
        objects.remove(name);
    }

    @Override
    public void reach() {
        available();
    }

    @Override
    public void removeOlder(String prefix, Instant before) {
        available();
        objects.keySet().removeIf(name -> name.startsWith(prefix));
    }

    @Override
    public void prepare(Set<String> origins) {}

    private void available() {
        if (down) {
            throw Problem.unavailable("The file store does not answer.", Duration.ofSeconds(5));
        }
    }
}
