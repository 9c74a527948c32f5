package org.sidetone.event;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.filter.SimpleFilters;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;

/**
 * An event package at a server, which lets nobody in who has not proven himself before: it challenges nobody, and who may watch goes on to.
 * It tells the whole state every time and reads no filters, unless it says otherwise.
 */
public abstract class ServerPackage implements EventPackage {
    @Override
    public void putTypeParameters(ByteSink out) {
        // it has none
    }

    @Override
    public byte[] bodyType() {
        return null;
    }

    @Override
    public int takeBody(WatcherSubscription subscription, SipMessage subscribe) {
        return 200;
    }

    @Override
    public byte[] required() {
        return null;
    }

    @Override
    public boolean isProven(SipMessage subscribe, Slice watcher, long nowMs) {
        return true;
    }

    @Override
    public void putChallenges(SipWriter out) {
        // it never says CHALLENGE
    }

    @Override
    public long shortestIntervalMs() {
        return 0;
    }

    @Override
    public int standing(Slice resource, Slice watcher, long nowMs) {
        return ALLOW;
    }

    @Override
    public PartialState partial() {
        return null;
    }

    @Override
    public SimpleFilters.Mandatory filterRules() {
        return null;
    }

    @Override
    public long stateTag(Slice resource, Slice watcher, long nowMs) {
        return 0;
    }

    @Override
    public boolean isAllTold(WatcherSubscription subscription) {
        return true;
    }

    @Override
    public boolean writeSince(long tag, Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        return false;
    }
}
