package org.sidetone.doc.pidf;

/** What a service or a device can do (RFC 5196). */
public final class Capabilities {
    /** Numbers of the yes-or-no capabilities of a service, in the order of the schema. */
    public static final Vocabulary FLAGS = new Vocabulary(new String[] {
        "application", "audio", "automata", "control", "data", "isfocus", "message", "text", "video"});
    public static final int APPLICATION = 0;
    public static final int AUDIO = 1;
    public static final int AUTOMATA = 2;
    public static final int CONTROL = 3;
    public static final int DATA = 4;
    public static final int IS_FOCUS = 5;
    public static final int MESSAGE = 6;
    public static final int TEXT = 7;
    public static final int VIDEO = 8;

    public static final Vocabulary ACTORS = new Vocabulary(new String[] {"attendant", "information", "msg-taker", "principal"});
    public static final Vocabulary CLASSES = new Vocabulary(new String[] {"business", "personal"});
    public static final Vocabulary DUPLEX = new Vocabulary(new String[] {"full", "half", "receive-only", "send-only"});
    public static final Vocabulary EVENT_PACKAGES = new Vocabulary(new String[] {
        "conference", "dialog", "kpml", "message-summary", "poc-settings", "presence", "reg", "refer", "Siemens-RTP-Stats",
        "spirits-INDPs", "spirits-user-prof", "winfo"});
    public static final Vocabulary EXTENSIONS = new Vocabulary(new String[] {
        "rel100", "early-session", "eventlist", "from-change", "gruu", "hist-info", "join", "norefersub", "path",
        "precondition", "pref", "privacy", "recipient-list-invite", "recipient-list-subscribe", "replaces",
        "resource-priority", "sdp-anat", "sec-agree", "tdialog", "timer"});
    public static final Vocabulary METHODS = new Vocabulary(new String[] {
        "ACK", "BYE", "CANCEL", "INFO", "INVITE", "MESSAGE", "NOTIFY", "OPTIONS", "PRACK", "PUBLISH", "REFER", "REGISTER",
        "SUBSCRIBE", "UPDATE"});
    public static final Vocabulary MOBILITY = new Vocabulary(new String[] {"fixed", "mobile"});

    /** Whether a {@code servcaps} or {@code devcaps} stands there. */
    public boolean isSaid;
    private int saidFlags;
    private int trueFlags;
    public final CapabilitySet actors = new CapabilitySet(ACTORS);
    public final CapabilitySet classes = new CapabilitySet(CLASSES);
    public final CapabilitySet duplex = new CapabilitySet(DUPLEX);
    public final CapabilitySet events = new CapabilitySet(EVENT_PACKAGES);
    public final CapabilitySet extensions = new CapabilitySet(EXTENSIONS);
    public final CapabilitySet methods = new CapabilitySet(METHODS);
    public final CapabilitySet mobility = new CapabilitySet(MOBILITY);
    public final TextSet languages = new TextSet();
    public final TextSet schemes = new TextSet();
    public final TextSet types = new TextSet();
    public final Notes descriptions = new Notes();
    public final Priorities priorities = new Priorities();

    void clear() {
        isSaid = false;
        saidFlags = 0;
        trueFlags = 0;
        actors.clear();
        classes.clear();
        duplex.clear();
        events.clear();
        extensions.clear();
        methods.clear();
        mobility.clear();
        languages.clear();
        schemes.clear();
        types.clear();
        descriptions.clear();
        priorities.clear();
    }

    /** @param flag a number of {@link #FLAGS} */
    public void set(int flag, boolean value) {
        isSaid = true;
        saidFlags |= 1 << flag;
        trueFlags = value ? trueFlags | 1 << flag : trueFlags & ~(1 << flag);
    }

    public boolean says(int flag) {
        return (saidFlags & 1 << flag) != 0;
    }

    public boolean has(int flag) {
        return (trueFlags & 1 << flag) != 0;
    }
}
