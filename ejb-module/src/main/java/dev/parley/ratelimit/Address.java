package dev.parley.ratelimit;

import java.util.Arrays;

/** Whom an address stands for. */
public final class Address {

    private static final int SITE_GROUPS = 3;
    private static final int NETWORK_GROUPS = 4;
    private static final int ALL_GROUPS = 8;

    private Address() {}

    /**
     * The part that one customer has: an IPv4 address, the first 64 bits of an IPv6 address (of whose rest everybody has plenty).
     *
     * @param address as the container gives it, never a name
     */
    public static String network(String address) {
        String plain = withoutZone(address);
        if (plain.indexOf(':') < 0 || plain.indexOf('.') >= 0) {
            return plain;
        }
        return String.join(":", Arrays.copyOf(groups(plain), NETWORK_GROUPS)) + "::/64";
    }

    /** Roughly where an address is, for people to read: {@code 203.0.113.x}, {@code 2001:db8:1::/48}. */
    public static String coarse(String address) {
        String plain = withoutZone(address);
        int last = plain.lastIndexOf('.');
        if (last >= 0) {
            return plain.substring(0, last) + ".x";
        }
        return plain.indexOf(':') < 0 ? plain : String.join(":", Arrays.copyOf(groups(plain), SITE_GROUPS)) + "::/48";
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private static String[] groups(String plain) {
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
        return groups;
    }
}
