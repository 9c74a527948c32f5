package org.sidetone.firmware.options;

/** A server as a person writes it: {@code host}, {@code host:port}, {@code [2001:db8::1]:port}. Port 0: not said. */
public record HostPort(String host, int port) {
    private static final int HIGHEST_PORT = 65_535;

    /** @throws IllegalArgumentException with a sentence for the person who wrote it */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        boolean withPort = bracketed ? colon > text.indexOf(']') : colon > 0 && text.indexOf(':') == colon;
        String host = withPort ? text.substring(0, colon) : text;
        if (host.isBlank() || bracketed && !host.endsWith("]")) {
            throw new IllegalArgumentException("a server is HOST or HOST:PORT, for instance 127.0.0.1:5060, not " + text);
        }
        return new HostPort(host, withPort ? port(text.substring(colon + 1), text) : 0);
    }

    private static int port(String digits, String whole) {
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > HIGHEST_PORT) {
            throw new IllegalArgumentException("a port is 1 to " + HIGHEST_PORT + ", not \"" + digits + "\" as in " + whole);
        }
        return Integer.parseInt(digits);
    }

    /** For ports to listen on, where 0 lets the system choose. @throws IllegalArgumentException with a sentence */
    public static void checkListening(String option, int port) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(option + " is 0 to " + HIGHEST_PORT + ", not " + port);
        }
    }
}
