package dev.parley.socketio.protocol;

import dev.parley.engineio.ProtocolException;

/** Reads a packet's header from left to right. */
final class Cursor {

    private static final char END = '\0';

    private final String text;
    private int position;

    Cursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return position == text.length();
    }

    char peek() {
        return atEnd() ? END : text.charAt(position);
    }

    char next() {
        return atEnd() ? END : text.charAt(position++);
    }

    /** Up to the delimiter, which is skipped, or to the end. */
    String until(char delimiter) {
        int end = text.indexOf(delimiter, position);
        var part = end < 0 ? text.substring(position) : text.substring(position, end);
        position = end < 0 ? text.length() : end + 1;
        return part;
    }

    /** Decimal digits, at least one. */
    long number(long max) {
        int start = position;
        long value = 0;
        while (peek() >= '0' && peek() <= '9') {
            value = value * 10 + (next() - '0');
            if (value > max) {
                throw new ProtocolException("number in the header above " + max);
            }
        }
        if (position == start) {
            throw new ProtocolException("number missing in the header");
        }
        return value;
    }

    String rest() {
        var rest = text.substring(position);
        position = text.length();
        return rest;
    }
}
