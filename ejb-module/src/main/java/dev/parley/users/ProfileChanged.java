package dev.parley.users;

/** Fired inside the transaction in which somebody got another name or picture. */
public record ProfileChanged(User user) {}
