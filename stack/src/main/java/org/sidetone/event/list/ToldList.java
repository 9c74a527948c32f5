package org.sidetone.event.list;

/** What one notification told of a list: a tag for each resource, so that later what changed since can be told alone. */
final class ToldList {
    /** Of the subscription; 0: free. */
    long serial;
    /** Of the notification. */
    long version;
    /** Of the whole. */
    long tag;
    long listVersion;
    final long[] tags;
    int count;

    ToldList(int resources) {
        tags = new long[resources];
    }
}
