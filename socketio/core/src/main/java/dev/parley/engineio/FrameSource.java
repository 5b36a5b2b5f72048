package dev.parley.engineio;

import java.util.Collection;

/** What waits to be written to one client; may be called from any thread. */
public interface FrameSource {

    /**
     * Takes frames in their order: at least one if there is any, and no more than make up that many bytes.
     *
     * @param bytes of the frames' {@linkplain Frame#wire() wire form}
     * @return whether there are more
     */
    boolean drainTo(Collection<? super Frame> target, int bytes);
}
