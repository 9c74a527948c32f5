package org.sidetone.firmware.render;

/** What a display without a glyph shows in its place: the base letter of Latin letters with marks, else a question mark. */
final class Transliteration {
    private static final String FROM = "\u00c0\u00c1\u00c2\u00c3\u00c4\u00c5\u00c6\u00c7\u00c8\u00c9\u00ca\u00cb\u00cc\u00cd\u00ce\u00cf"
            + "\u00d1\u00d2\u00d3\u00d4\u00d5\u00d6\u00d8\u00d9\u00da\u00db\u00dc\u00dd\u00df\u00e0\u00e1\u00e2\u00e3\u00e4\u00e5\u00e6"
            + "\u00e7\u00e8\u00e9\u00ea\u00eb\u00ec\u00ed\u00ee\u00ef\u00f1\u00f2\u00f3\u00f4\u00f5\u00f6\u00f8\u00f9\u00fa\u00fb\u00fc"
            + "\u00fd\u00ff\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u20ac";
    private static final String TO = "AAAAAAACEEEEIIII" + "NOOOOOOUUUUYsaaaaaaa" + "ceeeeiiiinoooooouuuu" + "yy''\"\"--.E";

    private Transliteration() {
    }

    static char of(char c) {
        int at = FROM.indexOf(c);
        return at < 0 ? '?' : TO.charAt(at);
    }
}
