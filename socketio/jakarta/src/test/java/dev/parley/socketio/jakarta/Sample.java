package dev.parley.socketio.jakarta;

import dev.parley.socketio.testkit.WebApplication;
import java.util.Map;

/** The sample application as a WAR on embedded Undertow. */
final class Sample {

    private Sample() {}

    /** @param settings {@code socketio.*} without the prefix */
    static WebApplication start(Map<String, String> settings) {
        WebApplication.Builder application =
                WebApplication.ofPackage("dev.parley.socketio.sample").listener(SocketApplication.class);
        settings.forEach((name, value) -> application.setting(Settings.PREFIX + name, value));
        return application.start();
    }
}
