package org.sidetone.switchboard.lists;

import java.util.List;

/**
 * One list that is served.
 *
 * @param owner {@code sip:alice@example.test}; he alone may subscribe. @param packages event packages it is for; empty: all
 */
record ServedList(String uri, String owner, List<String> packages, List<Entry> entries) {
    /** @param uri as the list has it. @param name may be empty */
    record Entry(byte[] uri, byte[] name) {
    }
}
