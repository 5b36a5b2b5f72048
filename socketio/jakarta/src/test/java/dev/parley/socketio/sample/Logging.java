package dev.parley.socketio.sample;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

@Logged
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class Logging {

    @AroundInvoke
    Object log(InvocationContext call) throws Exception {
        return "logged " + call.proceed();
    }
}
