/**
 * Signing in, staying so, and out again: {@link dev.parley.signin.SignInService}. A sign-in is one device's; its refresh tokens
 * follow one another, its access tokens are short-lived JWTs signed with a key that the first node to start made.
 */
@NullMarked
package dev.parley.signin;

import org.jspecify.annotations.NullMarked;
