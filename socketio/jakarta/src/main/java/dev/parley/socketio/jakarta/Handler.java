package dev.parley.socketio.jakarta;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One method of one endpoint, ready to be called: found, made accessible and bound once. */
final class Handler {

    private final Signature signature;
    private final Argument[] arguments;
    private final MethodHandle method;

    /** @param endpoint the contextual reference, through which interceptors apply */
    Handler(Signature signature, Object endpoint, List<Argument> arguments) {
        this.signature = signature;
        this.arguments = arguments.toArray(Argument[]::new);
        this.method = accessible(signature.method())
                .bindTo(endpoint)
                .asSpreader(Object[].class, arguments.size())
                .asType(MethodType.methodType(Object.class, Object[].class));
    }

    Signature signature() {
        return signature;
    }

    @Nullable
    Object call(Occasion occasion) throws Throwable {
        var values = values(occasion);
        return (@Nullable Object) method.invokeExact(values);
    }

    private @Nullable Object[] values(Occasion occasion) {
        @Nullable Object[] values = new @Nullable Object[arguments.length];
        try {
            for (int i = 0; i < arguments.length; i++) {
                values[i] = arguments[i].from(occasion);
            }
        } catch (IllegalArgumentException misfit) {
            throw new WrongArgument(misfit);
        }
        return values;
    }

    private static MethodHandle accessible(Method method) {
        try {
            method.setAccessible(true); // handlers may be package-private
            return MethodHandles.lookup().unreflect(method);
        } catch (IllegalAccessException | RuntimeException closed) {
            throw new IllegalStateException("Cannot call " + method + "; is its package open?", closed);
        }
    }
}
