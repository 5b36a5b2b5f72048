package dev.parley.web.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a caller may learn of something that was thrown. */
public final class Failures {

    private static final Logger LOG = System.getLogger(Failures.class.getName());

    /** Wrappers within wrappers, at most. */
    private static final int DEPTH = 16;

    private Failures() {}

    /** How often this node answered {@code unavailable} since it started, because the database did not answer. */
    public static long outages() {
        return Outages.count();
    }

    /**
     * The problem behind a failure. What nobody foresaw becomes {@code internal}, and one line of the log.
     *
     * @param where what was being done, for the log: {@code POST /api/rooms} or an event's name
     */
    public static Problem explain(Throwable failure, String where) {
        Throwable cause = failure;
        for (int depth = 0; depth < DEPTH; depth++) {
            switch (cause) {
                case Problem problem -> {
                    return problem;
                }
                case SQLException refused
                when Outages.isPassing(refused) -> {
                    return Outages.problem(refused, where);
                }
                case ConstraintViolationException violated -> {
                    return violated(violated);
                }
                // thrown by a record that does not like its values
                case ValueInstantiationException wrong when wrong.getCause() != null -> {}
                case JsonProcessingException wrong -> {
                    return unreadable(wrong);
                }
                case IllegalArgumentException wrong -> {
                    return Problem.invalid(wrong.getMessage() == null ? "That makes no sense." : wrong.getMessage());
                }
                default -> {}
            }
            if (cause.getCause() == null) {
                break;
            }
            cause = cause.getCause();
        }
        return Outages.isUnfinished(cause) ? Outages.problem(cause, where) : unforeseen(cause, where);
    }

    private static Problem unforeseen(Throwable cause, String where) {
        StackTraceElement[] trace = cause.getStackTrace();
        // One line: its message may hold what a user typed, so the class and the place must do; DEBUG has it all.
        LOG.log(
                Level.ERROR,
                "{0} failed: {1} at {2}",
                where,
                cause.getClass().getName(),
                trace.length == 0 ? "an unknown place" : trace[0]);
        LOG.log(Level.DEBUG, () -> where + " failed", cause);
        return Problem.of(Code.INTERNAL, "Something went wrong on our side.");
    }

    private static Problem unreadable(JsonProcessingException wrong) {
        if (wrong instanceof JsonMappingException mapping) {
            String path = mapping.getPath().stream()
                    .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                    .collect(Collectors.joining("."));
            return Problem.invalid(
                    path.isEmpty()
                            ? "The payload has the wrong shape."
                            : "'" + path + "' is missing or of the wrong type.");
        }
        return Problem.invalid("That is not JSON.");
    }

    private static Problem violated(ConstraintViolationException violated) {
        Map<String, Object> fields = new TreeMap<>();
        for (ConstraintViolation<?> violation : violated.getConstraintViolations()) {
            fields.putIfAbsent(violation.getPropertyPath().toString(), violation.getMessage());
        }
        String message = fields.isEmpty() ? "A value is out of bounds." : summary(List.copyOf(fields.entrySet()));
        return Problem.of(Code.INVALID, message, fields);
    }

    private static String summary(List<Map.Entry<String, Object>> fields) {
        return fields.stream()
                .map(field -> "'" + field.getKey() + "' " + field.getValue())
                .collect(Collectors.joining(", ", "", "."));
    }
}
