package dev.parley.it;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedParley.class)
class ChatOnH2IT extends ChatContract {

    ChatOnH2IT(Parley parley) {
        super(parley);
    }

    @Test
    void an_ok_survives_kill_minus_nine() {
        Person ann = Person.registered(parley, "ann");
        String room = ann.room("crash");
        Map<String, String> draft =
                Map.of("roomId", room, "clientId", UUID.randomUUID().toString(), "text", "kept");

        Crash.afterTheOkOf(ann, draft);
    }
}
