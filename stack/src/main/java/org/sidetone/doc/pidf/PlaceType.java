package org.sidetone.doc.pidf;

/** Kinds of places (RFC 4589 section 3, with its one misspelt name), as the place-type of RFC 4480 section 3.6 names them. */
public final class PlaceType {
    /** A place that the list has no word for. */
    public static final int OTHER = -2;
    public static final int NONE = Vocabulary.NONE;

    public static final Vocabulary WORDS = new Vocabulary(new String[] {
        "airport", "arena", "automobile", "bank", "bar", "bicyle", "bicycle", "bus", "bus-station", "cafe", "classroom",
        "club", "construction", "convention-center", "government", "hospital", "hotel", "industrial", "library", "motorcycle",
        "office", "outdoors", "parking", "place-of-worship", "prison", "public", "public-transport", "residence", "restaurant",
        "school", "shopping-area", "stadium", "store", "street", "theater", "train", "train-station", "truck", "underway",
        "unknown", "warehouse", "water", "watercraft"});

    private PlaceType() {
    }
}
