package dev.parley.chat;

import dev.parley.identity.Caller;
import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import dev.parley.users.User;
import dev.parley.users.UserService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whom a text calls: {@code @username} of members of its room, {@code @all} and {@code @here}. */
@Dependent
class Mentions {

    /** More names than that in one message are not told apart from spam. */
    private static final int MOST = 50;

    /** More people than that are called together by who says that they mean it, or by nobody. */
    static final int WARN_ABOVE = 10;

    static final int FORBID_ABOVE = 1_000;

    /** Not within an address or a path, as in {@code mail@example.org}. */
    private static final Pattern NAMED = Pattern.compile("(?<![\\p{L}\\p{N}_.@/+-])@([\\p{L}\\p{N}_.-]{1,255})");

    @Inject
    Rooms rooms;

    @Inject
    UserService users;

    @Inject
    Present present;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    Mentions() {}

    /** Whom a text calls: people whom it names, and those present; everybody is only said and not listed. */
    record Called(List<UUID> people, Message.@Nullable Everyone everyone) {

        static final Called NOBODY = new Called(List.of(), null);
    }

    /**
     * Whom a new message calls. What is said about a file calls nobody together.
     *
     * @throws Problem {@code conflict} for more than {@link #WARN_ABOVE} people when that is not confirmed, {@code forbidden} for more
     *     than {@link #FORBID_ABOVE}
     */
    Called called(Caller caller, UUID roomId, Draft draft) {
        if (draft.kind() == Message.Kind.CALL) {
            return Called.NOBODY; // the names in it are those of who was there, whatever they call themselves
        }
        Set<String> names = names(draft.text());
        List<UUID> named = named(roomId, names);
        Message.Everyone everyone = draft.kind() == Message.Kind.TEXT ? everyone(names) : null;
        if (everyone == null) {
            return new Called(named, null);
        }
        long members = rooms.size(roomId);
        if (members > FORBID_ABOVE) {
            throw Problem.of(
                    Code.FORBIDDEN,
                    "A room of " + members + " people cannot be called together, only one of at most " + FORBID_ABOVE
                            + ".",
                    Map.of("limit", FORBID_ABOVE, "members", members));
        }
        if (members > WARN_ABOVE && !draft.confirmed()) {
            throw Problem.of(
                    Code.CONFLICT,
                    "This calls " + members + " people; say so with confirmMentions.",
                    Map.of("confirm", "mentions", "mentionsAll", everyone.wire(), "members", members));
        }
        if (everyone == Message.Everyone.PRESENT) {
            Set<UUID> people = new HashSet<>(named);
            people.addAll(present.among(rooms.members(roomId).stream()
                    .map(member -> member.key.userId())
                    .filter(userId -> !userId.equals(caller.userId()))
                    .toList()));
            return new Called(rooms.membersAmong(roomId, people), everyone);
        }
        return new Called(named, everyone);
    }

    /** Whom a changed text names; it calls nobody together who was not called before. */
    List<UUID> of(UUID roomId, String text) {
        return named(roomId, names(text));
    }

    static Message.@Nullable Everyone everyone(Set<String> names) {
        return names.contains("all")
                ? Message.Everyone.EVERYBODY
                : names.contains("here") ? Message.Everyone.PRESENT : null;
    }

    private List<UUID> named(UUID roomId, Set<String> names) {
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
