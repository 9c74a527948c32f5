package org.sidetone.bench.presence;

/** What the two pull parsers of strings do with the elements they see: the same for both. */
final class Sums {
    static final String PIDF = "urn:ietf:params:xml:ns:pidf";
    static final String MODEL = "urn:ietf:params:xml:ns:pidf:data-model";
    static final String RPID = "urn:ietf:params:xml:ns:pidf:rpid";
    static final String PLACE = "urn:ietf:params:xml:ns:location-type";

    private long sum;
    private boolean person;
    private String activity;
    private String mood;
    private String place;
    private int input;
    private String note;
    private String basic;
    private String contact;
    private String priority;
    private String id;

    void start() {
        sum = 0;
        person = false;
    }

    /** An element starts. @param parent local name of the element around it. @return whether its text is wanted */
    boolean element(String namespace, String name, String parent, Attributes attributes) {
        switch (name) {
            case "presence":
                sum = DocumentReader.add(0, attributes.value("entity"));
                return false;
            case "tuple":
                id = attributes.value("id");
                basic = null;
                contact = "";
                priority = "0";
                return false;
            case "person":
                person = namespace.equals(MODEL);
                id = attributes.value("id");
                activity = null;
                mood = null;
                place = null;
                input = 0;
                note = "";
                return false;
            case "contact":
                priority = attributes.value("priority");
                return namespace.equals(PIDF);
            case "basic": case "note": case "user-input":
                return true;
            default:
                if ("activities".equals(parent) && namespace.equals(RPID)) {
                    activity = name;
                } else if ("mood".equals(parent) && namespace.equals(RPID)) {
                    mood = name;
                } else if ("place-type".equals(parent) && namespace.equals(PLACE)) {
                    place = name;
                }
                return false;
        }
    }

    void text(String name, String text) {
        switch (name) {
            case "basic":
                basic = text;
                break;
            case "contact":
                contact = text;
                break;
            case "note":
                note = text;
                break;
            default:
                input = text.equals("idle") ? 2 : 1;
        }
    }

    void end(String name) {
        if (name.equals("tuple")) {
            sum = DocumentReader.add(sum, id);
            sum = sum * 31 + (basic.equals("open") ? 1 : 2);
            sum = DocumentReader.add(sum, contact);
            sum = sum * 31 + priority.charAt(2) - '0';
        } else if (name.equals("person") && person) {
            sum = DocumentReader.add(sum, id);
            sum = sum * 31 + DocumentReader.add(0, activity);
            sum = DocumentReader.add(sum, mood);
            sum = DocumentReader.add(sum, place);
            sum = sum * 31 + input;
            sum = DocumentReader.add(sum, note);
            person = false;
        }
    }

    long sum() {
        return sum;
    }

    /** Attributes of the element just started. */
    interface Attributes {
        String value(String name);
    }
}
