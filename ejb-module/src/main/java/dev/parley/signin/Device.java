package dev.parley.signin;

import dev.parley.ratelimit.Address;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody signs in with, in words that help them to know it again.
 *
 * @param name {@code Firefox on Linux}
 * @param address roughly where: {@code 203.0.113.x}
 */
public record Device(String name, String address) {

    private static final int LONGEST = 60;

    /** The more special first: each of these also claims to be the ones below it. */
    private static final List<Sign> BROWSERS = List.of(
            new Sign("Edge", "Edg(?:e|A|iOS)?/"),
            new Sign("Opera", "OPR/|Opera"),
            new Sign("Samsung Internet", "SamsungBrowser/"),
            new Sign("Firefox", "Firefox/|FxiOS/"),
            new Sign("Chrome", "Chrome/|CriOS/"),
            new Sign("Safari", "Safari/"));

    private static final List<Sign> SYSTEMS = List.of(
            new Sign("Android", "Android"),
            new Sign("iPhone", "iPhone"),
            new Sign("iPad", "iPad"),
            new Sign("ChromeOS", "CrOS"),
            new Sign("Windows", "Windows"),
            new Sign("macOS", "Mac OS X|Macintosh"),
            new Sign("Linux", "Linux|X11"));

    private static final Pattern PRODUCT = Pattern.compile("[A-Za-z][\\w.-]*(?:/[\\w.]+)?");

    private record Sign(String name, Pattern pattern) {

        Sign(String name, String pattern) {
            this(name, Pattern.compile(pattern));
        }
    }

    /**
     * @param userAgent the header; null when there is none
     * @param address as the container gives it
     */
    public static Device of(@Nullable String userAgent, String address) {
        return new Device(userAgent == null ? "Unknown device" : name(userAgent), Address.coarse(address));
    }

    private static String name(String userAgent) {
        String browser = first(BROWSERS, userAgent);
        String system = first(SYSTEMS, userAgent);
        if (browser != null) {
            return system == null ? browser : browser + " on " + system;
        }
        Matcher product = PRODUCT.matcher(userAgent);
        String program = product.lookingAt() ? product.group() : "Unknown device";
        return program.substring(0, Math.min(program.length(), LONGEST));
    }

    private static @Nullable String first(List<Sign> signs, String text) {
        for (Sign sign : signs) {
            if (sign.pattern().matcher(text).find()) {
                return sign.name();
            }
        }
        return null;
    }
}
