package dev.parley.socketio.sample;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks what {@link Logging} answers. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@interface Logged {}
