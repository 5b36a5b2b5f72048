package dev.parley.web.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/**
 * Everything under {@code /api}. A resource needs a bearer token unless it, or its method, is marked {@link
 * jakarta.annotation.security.PermitAll}; it learns who calls by {@code @Inject Caller} (in a resource of request scope).
 */
@ApplicationPath("/api")
public class Api extends Application {}
