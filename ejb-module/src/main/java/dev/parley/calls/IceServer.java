package dev.parley.calls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A STUN or TURN server, as {@code RTCPeerConnection} wants it (<a href="https://www.w3.org/TR/webrtc/#rtciceserver-dictionary">RTCIceServer</a>). */
public record IceServer(
        List<String> urls,
        @Nullable String username,
        @Nullable String credential) {

    public IceServer {
        urls = List.copyOf(urls);
    }
}
