package org.sidetone.xml.patch;

/** Why a patch could not be applied: negative codes, with the names of RFC 5261 section 5.1. */
public final class PatchError {
    public static final int NONE = 0;
    public static final int INVALID_ATTRIBUTE_VALUE = -30;
    public static final int INVALID_DIFF_FORMAT = -31;
    public static final int INVALID_NAMESPACE_PREFIX = -32;
    public static final int INVALID_NAMESPACE_URI = -33;
    public static final int INVALID_NODE_TYPES = -34;
    public static final int INVALID_PATCH_DIRECTIVE = -35;
    public static final int INVALID_ROOT_ELEMENT_OPERATION = -36;
    public static final int INVALID_WHITESPACE_DIRECTIVE = -37;
    public static final int UNLOCATED_NODE = -38;
    /** The document that is patched, or what it became, is too large for its room or not well-formed. */
    public static final int NO_ROOM = -39;

    private static final String[] NAMES = {"invalid-attribute-value", "invalid-diff-format", "invalid-namespace-prefix", "invalid-namespace-uri",
        "invalid-node-types", "invalid-patch-directive", "invalid-root-element-operation", "invalid-whitespace-directive", "unlocated-node",
        "invalid-patch-directive"};

    private PatchError() {
    }

    /** The name of the error's element. */
    public static String name(int error) {
        return NAMES[INVALID_ATTRIBUTE_VALUE - error];
    }
}
