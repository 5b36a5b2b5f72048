package dev.parley.socketio.jakarta;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The name that {@link SocketEndpoint#value()} gives: of one namespace, or with variables in braces of many. */
final class NamespacePattern {

    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)(?::((?:[^{}]|\\{[^{}]*})+))?}");

    private final String text;
    private final List<String> variables;
    private final Pattern names;

    private NamespacePattern(String text, List<String> variables, Pattern names) {
        this.text = text;
        this.variables = List.copyOf(variables);
        this.names = names;
    }

    /**
     * @param text {@code /news}, {@code /rooms/{room}} or {@code /rooms/{room:[0-9]+}}; without an expression a variable is anything but
     *     slashes
     * @throws IllegalArgumentException when it cannot be understood
     */
    static NamespacePattern of(String text) {
        String name = text.startsWith("/") ? text : "/" + text;
        List<String> variables = new ArrayList<>();
        StringBuilder regex = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(name);
        int end = 0;
        while (matcher.find()) {
            regex.append(literal(name.substring(end, matcher.start())));
            String variable = Objects.requireNonNull(matcher.group(1));
            if (variables.contains(variable)) {
                throw new IllegalArgumentException("{" + variable + "} is in the name \"" + name + "\" twice");
            }
            variables.add(variable);
            String expression = matcher.group(2);
            regex.append("(?<")
                    .append(variable)
                    .append('>')
                    .append(expression == null ? "[^/]+" : expression)
                    .append(')');
            end = matcher.end();
        }
        regex.append(literal(name.substring(end)));
        try {
            return new NamespacePattern(name, variables, Pattern.compile(regex.toString()));
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(
                    "the name \"" + name + "\" is no pattern: " + wrong.getDescription(), wrong);
        }
    }

    private static String literal(String part) {
        if (part.contains("{") || part.contains("}")) {
            throw new IllegalArgumentException(
                    "braces in a name surround a variable: {room} or {room:[0-9]+}, not " + part);
        }
        if (part.contains(",")) {
            throw new IllegalArgumentException("a name has no comma, which ends it on the wire: " + part);
        }
        return part.isEmpty() ? "" : Pattern.quote(part);
    }

    boolean isDynamic() {
        return !variables.isEmpty();
    }

    boolean matches(String name) {
        return names.matcher(name).matches();
    }

    List<String> variables() {
        return variables;
    }

    /** What stands for the variable in that name. */
    Optional<String> value(String variable, String name) {
        Matcher matcher = names.matcher(name);
        return matcher.matches() ? Optional.ofNullable(matcher.group(variable)) : Optional.empty();
    }

    /** As it is written in the source, with a leading slash. */
    @Override
    public String toString() {
        return text;
    }
}
