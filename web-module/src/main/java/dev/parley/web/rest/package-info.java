/** What is asked over HTTP: JAX-RS resources and the shape of their errors. */
@NullMarked
package dev.parley.web.rest;

import org.jspecify.annotations.NullMarked;
