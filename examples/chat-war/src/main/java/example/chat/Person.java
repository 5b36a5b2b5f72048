package example.chat;

/** Who is there. */
public record Person(String name) {}
