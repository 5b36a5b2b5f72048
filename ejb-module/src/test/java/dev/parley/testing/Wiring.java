package dev.parley.testing;

import jakarta.inject.Inject;
import jakarta.persistence.PersistenceContext;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills the fields that a container would fill: with what it was given, or else with a new one of the field's class, one for all who
 * ask, filled likewise.
 */
public final class Wiring {

    private final List<Object> known;

    public Wiring(Object... given) {
        this.known = new ArrayList<>(List.of(given));
    }

    /** @return the same, its injected fields filled */
    public <T> T wired(T bean) {
        try {
            for (Field field : bean.getClass().getDeclaredFields()) {
                if (field.isAnnotationPresent(Inject.class) || field.isAnnotationPresent(PersistenceContext.class)) {
                    field.setAccessible(true);
                    field.set(bean, one(field.getType()));
                }
            }
            return bean;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object one(Class<?> type) throws ReflectiveOperationException {
        for (Object object : known) {
            if (type.isInstance(object)) {
                return object;
            }
        }
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object made = constructor.newInstance();
        known.add(made);
        return wired(made);
    }
}
