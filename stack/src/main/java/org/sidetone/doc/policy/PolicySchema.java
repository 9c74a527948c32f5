package org.sidetone.doc.policy;

import org.sidetone.bytes.Ascii;
import org.sidetone.xml.schema.Schema;

/** What a rule set may have: RFC 4745 section 13, RFC 5025 section 7. */
final class PolicySchema {
    static final String COMMON_POLICY = "urn:ietf:params:xml:ns:common-policy";
    static final String PRES_RULES = "urn:ietf:params:xml:ns:pres-rules";
    static final int NS_COMMON = 0;
    static final int NS_PRES = 1;
    static final byte[][] NAMESPACES = {Ascii.bytes(COMMON_POLICY), Ascii.bytes(PRES_RULES)};

    /** That from and until come in pairs is checked apart. */
    private static final String COMMON_LINES = "/ruleset : rule*\n"
            + "rule @id!id : conditions? actions? transformations?\n"
            + "conditions : (identity|sphere|validity|##other)*\n"
            + "identity : (one|many|##other)+\n"
            + "one @id!uri : ##other?\n"
            + "many @domain=string : (except|##other)*\n"
            + "except @domain=string @id=uri :\n"
            + "sphere @value!string :\n"
            + "validity : (from|until)+\n"
            + "from = dateTime\n"
            + "until = dateTime\n"
            + "actions : ##other*\n"
            + "transformations : ##other*\n";

    private static final String PRES_LINES = "/sub-handling = block|confirm|polite-block|allow\n"
            + "/provide-devices : (all-devices:empty|deviceID|occurrence-id|class|##other)*\n"
            + "/provide-persons : (all-persons:empty|occurrence-id|class|##other)*\n"
            + "/provide-services : (all-services:empty|service-uri|service-uri-scheme|occurrence-id|class|##other)*\n"
            + "/provide-activities = boolean\n/provide-class = boolean\n/provide-deviceID = boolean\n/provide-mood = boolean\n/provide-place-is = boolean\n"
            + "/provide-place-type = boolean\n/provide-privacy = boolean\n/provide-relationship = boolean\n/provide-sphere = boolean\n"
            + "/provide-status-icon = boolean\n/provide-time-offset = boolean\n/provide-note = boolean\n"
            + "/provide-user-input = false|bare|thresholds|full\n"
            + "/provide-unknown-attribute @name!string @ns!string = boolean\n"
            + "/provide-all-attributes :\n"
            + "/deviceID = uri\n/occurrence-id = string\n/class = string\n/service-uri = uri\n/service-uri-scheme = string\n"
            + "empty :\n";

    private PolicySchema() {
    }

    static Schema make() {
        return new Schema(NAMESPACES).define(NS_COMMON, COMMON_LINES).define(NS_PRES, PRES_LINES);
    }
}
