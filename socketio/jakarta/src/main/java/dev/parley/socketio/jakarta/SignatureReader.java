package dev.parley.socketio.jakarta;

import dev.parley.socketio.Socket;
import dev.parley.socketio.jakarta.Signature.Answer;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import java.lang.annotation.Annotation;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads annotated methods and collects all that is wrong with them, so that a deployment fails once and with the whole list. */
final class SignatureReader {

    /** The names that the protocol keeps for itself: no client can send them. */
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    /** Annotations, by name since they may be absent, whose methods wait for others. */
    private static final Set<String> BLOCKING = Set.of(
            "jakarta.transaction.Transactional",
            "jakarta.ejb.TransactionAttribute",
            "org.eclipse.microprofile.faulttolerance.Retry",
            "org.eclipse.microprofile.faulttolerance.Bulkhead",
            "io.smallrye.common.annotation.Blocking");

    private final @Nullable Class<?> identity;
    private final List<String> problems;

    /** @param identity the type that the deployment's {@link Authenticator} returns, or null without one */
    SignatureReader(@Nullable Class<?> identity, List<String> problems) {
        this.identity = identity;
        this.problems = problems;
    }

    /**
     * The signature, empty for a method that is no handler or has a problem.
     *
     * @param namespace of the endpoint
     */
    Optional<Signature> read(Class<?> beanClass, NamespacePattern namespace, AnnotatedMethod<?> method) {
        List<Trigger> triggers = method.getAnnotations().stream()
                .flatMap(annotation -> Trigger.of(annotation).stream())
                .toList();
        String where = beanClass.getName() + "." + method.getJavaMember().getName();
        if (triggers.isEmpty()) {
            if (method.isAnnotationPresent(NonBlocking.class)) {
                problems.add(where + ": @NonBlocking belongs to an @OnEvent method");
            }
            return Optional.empty();
        }
        if (triggers.size() > 1) {
            problems.add(where + ": one of "
                    + triggers.stream().map(Trigger::annotation).collect(Collectors.joining(", ")) + ", not several");
            return Optional.empty();
        }
        int before = problems.size();
        Trigger trigger = triggers.getFirst();
        Method javaMethod = method.getJavaMember();
        checkMethod(where, trigger, javaMethod);
        boolean nonBlocking = method.isAnnotationPresent(NonBlocking.class);
        if (nonBlocking) {
            checkNonBlocking(where, trigger, beanClass, method);
        }
        List<Parameter> parameters = parameters(where, trigger, namespace, method);
        boolean acknowledgesItself = parameters.contains(new Parameter.Provided(Given.ACKNOWLEDGEMENT));
        checkReturnType(where, trigger, javaMethod, acknowledgesItself);
        if (problems.size() > before) {
            return Optional.empty();
        }
        Answer answer = acknowledgesItself ? Answer.OWN : returnsNothing(javaMethod) ? Answer.EMPTY : Answer.RESULT;
        return Optional.of(new Signature(trigger, javaMethod, parameters, answer, nonBlocking));
    }

    private void checkMethod(String where, Trigger trigger, Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isStatic(modifiers) || Modifier.isPrivate(modifiers) || Modifier.isFinal(modifiers)) {
            problems.add(where
                    + ": a handler method is not static, private or final (its interceptors would not be called)");
        }
        if (trigger instanceof Trigger.Arrival arrival) {
            if (arrival.event().isEmpty()) {
                problems.add(where + ": @OnEvent needs the name of an event");
            } else if (RESERVED.contains(arrival.event())) {
                problems.add(where + ": \"" + arrival.event() + "\" is reserved by the protocol"
                        + (arrival.event().equals("connect") ? "; use @OnConnect" : "")
                        + (arrival.event().startsWith("disconnect") ? "; use @OnDisconnect" : ""));
            }
        }
    }

    private void checkReturnType(String where, Trigger trigger, Method method, boolean acknowledgesItself) {
        Class<?> type = method.getReturnType();
        if (type != void.class && !trigger.hasPayload()) {
            problems.add(where + ": " + trigger.annotation() + " is answered by nobody: return void, not "
                    + type.getSimpleName());
        } else if (type != void.class && acknowledgesItself) {
            problems.add(where + ": either take an Acknowledgement or return " + type.getSimpleName() + ", not both");
        } else if (Future.class.isAssignableFrom(type) && !CompletionStage.class.isAssignableFrom(type)) {
            problems.add(where + ": return a CompletionStage, not " + type.getSimpleName());
        }
    }

    private void checkNonBlocking(String where, Trigger trigger, Class<?> beanClass, AnnotatedMethod<?> method) {
        if (!(trigger instanceof Trigger.Arrival || trigger instanceof Trigger.Anything)) {
            problems.add(where + ": @NonBlocking is for @OnEvent and @OnAny, not for " + trigger.annotation());
        }
        Stream.concat(method.getAnnotations().stream(), Arrays.stream(beanClass.getAnnotations()))
                .map(annotation -> annotation.annotationType().getName())
                .filter(BLOCKING::contains)
                .forEach(name -> problems.add(where + ": @NonBlocking cannot be with @"
                        + name.substring(name.lastIndexOf('.') + 1) + ", which waits for others"));
    }

    private List<Parameter> parameters(
            String where, Trigger trigger, NamespacePattern namespace, AnnotatedMethod<?> method) {
        List<Parameter> parameters = new ArrayList<>();
        int index = 0;
        for (AnnotatedParameter<?> annotated : method.getParameters()) {
            Optional<Parameter> parameter = annotated.isAnnotationPresent(FromNamespace.class)
                    ? variable(where, namespace, annotated)
                    : parameter(where, trigger, annotated, index);
            if (parameter.isPresent() && parameter.get() instanceof Parameter.Payload) {
                index++;
            }
            parameter.ifPresent(parameters::add);
        }
        return parameters;
    }

    private static String which(String where, AnnotatedParameter<?> annotated) {
        java.lang.reflect.Parameter java = annotated.getJavaParameter();
        return where + ": parameter " + (annotated.getPosition() + 1) + " ("
                + java.getType().getSimpleName() + (java.isNamePresent() ? " " + java.getName() : "") + ")";
    }

    private Optional<Parameter> variable(String where, NamespacePattern namespace, AnnotatedParameter<?> annotated) {
        String name = annotated.getAnnotation(FromNamespace.class).value();
        String which = which(where, annotated);
        if (annotated.getJavaParameter().getType() != String.class) {
            problems.add(which + ": @FromNamespace gives a String");
            return Optional.empty();
        }
        if (!namespace.variables().contains(name)) {
            problems.add(which + ": no {" + name + "} in the namespace's name \"" + namespace + "\"");
            return Optional.empty();
        }
        return Optional.of(new Parameter.Variable(name, namespace));
    }

    private Optional<Parameter> parameter(String where, Trigger trigger, AnnotatedParameter<?> annotated, int index) {
        java.lang.reflect.Parameter java = annotated.getJavaParameter();
        Class<?> type = java.getType();
        String which = which(where, annotated);
        Optional<Given> given = Given.of(type);
        if (given.isPresent() && trigger.given().contains(given.get())) {
            return Optional.of(new Parameter.Provided(given.get()));
        }
        if (type == identity) {
            return Optional.of(new Parameter.Identity(type));
        }
        if (given.isPresent() || !trigger.hasPayload() || type.getPackageName().equals(Socket.class.getPackageName())) {
            problems.add(which + " cannot be given to " + trigger.annotation() + "; allowed are " + allowed(trigger));
            return Optional.empty();
        }
        if (identity != null && type != Object.class && type.isAssignableFrom(identity)) {
            problems.add(which + " is a supertype of the identity: declare it as " + identity.getSimpleName());
            return Optional.empty();
        }
        boolean nullable = nullable(java);
        if (nullable && type.isPrimitive()) {
            problems.add(which + " is @Nullable but primitive: declare its wrapper class");
            return Optional.empty();
        }
        if (hasWildcard(annotated.getBaseType())) {
            problems.add(which + " says nothing of what is in it: name the type instead of the wildcard");
            return Optional.empty();
        }
        String label = java.isNamePresent() ? java.getName() : "argument " + (index + 1);
        if (java.isVarArgs()) {
            return Optional.of(new Parameter.Rest(index, label, type.getComponentType()));
        }
        return Optional.of(new Parameter.Payload(index, label, annotated.getBaseType(), nullable));
    }

    private static boolean hasWildcard(Type type) {
        return switch (type) {
            case WildcardType wildcard -> true;
            case ParameterizedType generic ->
                Arrays.stream(generic.getActualTypeArguments()).anyMatch(SignatureReader::hasWildcard);
            case GenericArrayType array -> hasWildcard(array.getGenericComponentType());
            default -> false; // classes, and variables that the bean class resolves
        };
    }

    private String allowed(Trigger trigger) {
        Stream<String> provided = trigger.given().stream().map(Given::typeName);
        Stream<String> identities =
                identity == null ? Stream.of() : Stream.of(identity.getSimpleName() + " (the identity)");
        Stream<String> payload =
                trigger.hasPayload() ? Stream.of("types that Jackson reads for the event's arguments") : Stream.empty();
        return Stream.of(provided, identities, payload).flatMap(names -> names).collect(Collectors.joining(", "));
    }

    private static boolean nullable(java.lang.reflect.Parameter parameter) {
        return Stream.of(
                        parameter.getAnnotations(), parameter.getAnnotatedType().getAnnotations())
                .flatMap(Arrays::stream)
                .map(Annotation::annotationType)
                .anyMatch(type -> type.getSimpleName().equals("Nullable"));
    }

    private static boolean returnsNothing(Method method) {
        Type type = method.getGenericReturnType();
        return type == void.class
                || (type instanceof ParameterizedType stage
                        && CompletionStage.class.isAssignableFrom(method.getReturnType())
                        && stage.getActualTypeArguments()[0] == Void.class);
    }
}
