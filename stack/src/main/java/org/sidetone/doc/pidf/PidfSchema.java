package org.sidetone.doc.pidf;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Message;
import org.sidetone.xml.schema.Schema;

/**
 * What a presence document may have: PIDF (RFC 3863 section 4.4), the data model (RFC 4479 section 5), RPID (RFC 4480 section 5),
 * place types (RFC 4589), timed status (RFC 4481 section 4), contact information (RFC 4482 section 5), capabilities (RFC 5196 section 4.3).
 */
final class PidfSchema {
    static final String PIDF = "urn:ietf:params:xml:ns:pidf";
    static final String DATA_MODEL = "urn:ietf:params:xml:ns:pidf:data-model";
    static final String RPID = "urn:ietf:params:xml:ns:pidf:rpid";
    static final String TIMED_STATUS = "urn:ietf:params:xml:ns:pidf:timed-status";
    static final String CIPID = "urn:ietf:params:xml:ns:pidf:cipid";
    static final String CAPS = "urn:ietf:params:xml:ns:pidf:caps";
    static final String PLACE = "urn:ietf:params:xml:ns:location-type";

    static final int NS_PIDF = 0;
    static final int NS_MODEL = 1;
    static final int NS_RPID = 2;
    static final int NS_TIMED = 3;
    static final int NS_CIPID = 4;
    static final int NS_CAPS = 5;
    static final int NS_PLACE = 6;

    private static final String PIDF_LINES = "/presence @entity!uri : (tuple|note|##other)*\n"
            + "tuple @id!id : status ##other* contact? note* timestamp?\n"
            + "status : basic? ##other*\n"
            + "basic = open|closed\n"
            + "contact @priority=qvalue = uri\n"
            + "note = string\n"
            + "timestamp = dateTime\n";

    private static final String MODEL_LINES = "/deviceID = uri\n"
            + "/device @id!id : ##other* deviceID note* timestamp?\n"
            + "/person @id!id : ##other* note* timestamp?\n"
            + "note = string\n"
            + "timestamp = dateTime\n";

    private static final String PERIOD = "@from=dateTime @until=dateTime @id=id ";

    private static String rpidLines() {
        Message m = new Message("/activities ").add(PERIOD).add(": note* (unknown:empty|");
        emptyOnes(m, Activity.WORDS).add("other:note|##other)*\n/class = string\n/mood ").add(PERIOD).add(": note* (unknown:empty|");
        emptyOnes(m, Mood.WORDS).add("other:note|##other)+\n/place-is ").add(PERIOD).add(": note* audio? video? text?\naudio : (");
        emptyOnes(m, Rpid.AUDIO_PLACES).add("unknown:empty)\nvideo : (");
        emptyOnes(m, Rpid.VIDEO_PLACES).add("unknown:empty)\ntext : (");
        emptyOnes(m, Rpid.TEXT_PLACES).add("unknown:empty)\n/place-type ").add(PERIOD).add(": note* (other:note|##other)+\n/privacy ").add(PERIOD)
                .add(": note* (unknown:empty|audio:empty|text:empty|video:empty|##other)*\n/relationship : note* (");
        emptyOnes(m, Rpid.RELATIONSHIPS).add("other:note|unknown:empty|##other)*\n/service-class : note* (");
        emptyOnes(m, Rpid.SERVICE_CLASSES).add("unknown:empty|##other)+\n/sphere ").add(PERIOD).add(": (");
        emptyOnes(m, Rpid.SPHERES).add("unknown:empty|##other)*\n/status-icon ").add(PERIOD).add("= uri\n/time-offset @description ")
                .add(PERIOD).add("= integer\n/user-input @idle-threshold=positive @last-input=dateTime @id=id = active|idle\n")
                .add("note = string\nempty :\n");
        return m.toString();
    }

    private static final String TIMED_LINES = "/timed-status @from!dateTime @until=dateTime : basic? note? ##other*\n"
            + "basic = open|closed\n"
            + "note = string\n";

    private static final String CIPID_LINES = "/card = uri\n/display-name = string\n/homepage = uri\n/icon = uri\n/map = uri\n/sound = uri\n";

    private static String capsLines() {
        Message m = new Message("/servcaps : actor? application:flag? audio:flag? automata:flag? class? control:flag? data:flag?")
                .add(" description:string* duplex? event-packages? extensions? isfocus:flag? message:flag? methods? languages?")
                .add(" priority? schemes? text:flag? type:string* video:flag? ##other*\n/devcaps : description:string* mobility? ##other*\n")
                .add("flag = boolean\nstring = string\n");
        both(m, "actor", Capabilities.ACTORS);
        both(m, "class", Capabilities.CLASSES);
        both(m, "duplex", Capabilities.DUPLEX);
        both(m, "event-packages", Capabilities.EVENT_PACKAGES);
        both(m, "extensions", Capabilities.EXTENSIONS);
        both(m, "methods", Capabilities.METHODS);
        both(m, "mobility", Capabilities.MOBILITY);
        return m.add("languages : supported:languageList? notsupported:languageList?\nlanguageList : l:string+\n")
                .add("schemes : supported:schemeList? notsupported:schemeList?\nschemeList : s:string+\n")
                .add("priority : supported:priorities? notsupported:priorities?\n")
                .add("priorities : (equals|higherhan|higherthan:higherhan|lowerthan|range|##other)*\nequals @value!integer :\n")
                .add("higherhan @minvalue!integer :\nlowerthan @maxvalue!integer :\nrange @minvalue!integer @maxvalue!integer :\n").toString();
    }

    private PidfSchema() {
    }

    /** {@code a:empty|b:empty|}: elements without content. */
    private static Message emptyOnes(Message m, Vocabulary words) {
        for (int i = 0; i < words.size(); i++) {
            m.add(words.name(i)).add(":empty|");
        }
        return m;
    }

    /** What is supported and what is not, of one vocabulary. */
    private static void both(Message m, String name, Vocabulary words) {
        m.add(name).add(" : supported:").add(name).add("List? notsupported:").add(name).add("List?\n").add(name).add("List : (");
        for (int i = 0; i < words.size(); i++) {
            m.add(words.name(i)).add(":string|");
        }
        m.add("##other)*\n");
    }

    private static String placeLines() {
        Message m = new Message("/other = string\n");
        for (int i = 0; i < PlaceType.WORDS.size(); i++) {
            m.add("/").add(PlaceType.WORDS.name(i)).add(" :\n");
        }
        return m.toString();
    }

    static Schema schema() {
        byte[][] namespaces = {Ascii.bytes(PIDF), Ascii.bytes(DATA_MODEL), Ascii.bytes(RPID), Ascii.bytes(TIMED_STATUS),
            Ascii.bytes(CIPID), Ascii.bytes(CAPS), Ascii.bytes(PLACE)};
        return new Schema(namespaces).define(NS_PIDF, PIDF_LINES).define(NS_MODEL, MODEL_LINES).define(NS_RPID, rpidLines())
                .define(NS_TIMED, TIMED_LINES).define(NS_CIPID, CIPID_LINES).define(NS_CAPS, capsLines()).define(NS_PLACE, placeLines());
    }
}
