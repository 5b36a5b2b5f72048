package dev.parley.ratelimit;

import java.util.Arrays;

/** Whom an address stands for. */
public final class Address {

    private static final int NETWORK_GROUPS = 4;
    private static final int ALL_GROUPS = 8;

    private Address() {}

    /**
     * The part that one customer has: an IPv4 address, the first 64 bits of an IPv6 address (of whose rest everybody has plenty).
     *
     * @param address as the container gives it, never a name
     */
    public static String network(String address) {
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        if (plain.indexOf(':') < 0 || plain.indexOf('.') >= 0) {
            return plain;
        }
        int gap = plain.indexOf("::");
        String[] head = (gap < 0 ? plain : plain.substring(0, gap)).split(":", -1);
        String[] groups = new String[ALL_GROUPS];
        Arrays.fill(groups, "0");
        if (gap != 0) {
            System.arraycopy(head, 0, groups, 0, Math.min(head.length, ALL_GROUPS));
        }
        if (gap >= 0 && gap + 2 < plain.length()) {
            String[] tail = plain.substring(gap + 2).split(":", -1);
            int length = Math.min(tail.length, ALL_GROUPS);
            System.arraycopy(tail, tail.length - length, groups, ALL_GROUPS - length, length);
        }
        return String.join(":", Arrays.copyOf(groups, NETWORK_GROUPS)) + "::/64";
    }
}
