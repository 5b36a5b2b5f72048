package dev.parley.uploads;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Leave to store one file; the wire's shape.
 *
 * @param url where to send the bytes, once
 * @param headers to send with them, exactly these
 */
public record UploadTicket(UUID uploadId, String method, URI url, Map<String, String> headers, Instant expiresAt) {}
