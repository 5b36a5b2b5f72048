package dev.parley.chat;

import jakarta.ejb.ApplicationException;

/** Of several messages that were to be written together one was not, so that the others have the wrong numbers: each is to be tried alone. */
@ApplicationException(rollback = true)
final class Disturbed extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
