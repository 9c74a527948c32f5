package org.sidetone.bench.presence;

/** Reads a document and adds up what it says: entity, of each service id, basic, contact, priority, of the person activity, mood, place, input, note. */
interface DocumentReader {
    /** @return a number that is the same for whoever reads the same. @throws Exception for a document that is refused: all are good */
    long read(byte[] document) throws Exception;

    static DocumentReader named(String name) {
        return switch (name) {
            case "sidetone" -> new OurReader();
            case "StAX" -> new StaxReader();
            case "kXML2" -> new KxmlReader();
            default -> throw new IllegalArgumentException(name);
        };
    }

    static long add(long sum, String text) {
        return text == null ? sum * 31 : sum * 31 + text.length() + (text.isEmpty() ? 0 : text.charAt(0) * 256L + text.charAt(text.length() - 1));
    }
}
