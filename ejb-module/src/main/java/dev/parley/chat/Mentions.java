package dev.parley.chat;

import dev.parley.users.User;
import dev.parley.users.UserService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whom a text names: {@code @username} of members of its room. */
@Dependent
class Mentions {

    /** More names than that in one message are not told apart from spam. */
    private static final int MOST = 50;

    /** Not within an address or a path, as in {@code mail@example.org}. */
    private static final Pattern NAMED = Pattern.compile("(?<![\\p{L}\\p{N}_.@/+-])@([\\p{L}\\p{N}_.-]{1,255})");

    @Inject
    Rooms rooms;

    @Inject
    UserService users;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    Mentions() {}

    List<UUID> of(UUID roomId, String text) {
        Set<String> names = names(text);
        if (names.isEmpty()) {
            return List.of();
        }
        return rooms.membersAmong(
                roomId, users.byUsernames(names).values().stream().map(User::id).toList());
    }

    /** What may be a name: the punctuation behind one may belong to it or to the sentence. */
    static Set<String> names(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = NAMED.matcher(text);
        while (names.size() < MOST && matcher.find()) {
            String name = matcher.group(1).toLowerCase(Locale.ROOT);
            names.add(name);
            String bare = name.replaceAll("[._-]+$", "");
            if (!bare.isEmpty()) {
                names.add(bare);
            }
        }
        return names;
    }
}
