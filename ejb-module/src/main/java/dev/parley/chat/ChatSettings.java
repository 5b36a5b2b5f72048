package dev.parley.chat;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What an administrator decides: {@code parley.messages.edit-window} and {@code parley.messages.keep-revisions}. */
@Dependent
public class ChatSettings {

    @Inject
    @ConfigProperty(name = "parley.messages.edit-window")
    Optional<Duration> editWindow;

    @Inject
    @ConfigProperty(name = "parley.messages.keep-revisions", defaultValue = "false")
    boolean keepRevisions;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public ChatSettings() {}

    /** For how long its author may change a message; empty for ever. */
    public Optional<Duration> editWindow() {
        return editWindow;
    }

    /** Whether what an edited message said before stays to be read by the people of its room. */
    boolean keepRevisions() {
        return keepRevisions;
    }
}
