package org.sidetone.event;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.filter.SimpleFilters;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.port.Capacity;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.uri.UriView;
import org.sidetone.xml.tree.XmlTree;

/** The filters of all watchers (RFC 4660 section 5): taken from SUBSCRIBEs, kept with their subscriptions, applied to what is told. */
final class WatcherFilters {
    /** Places of a subscription's filters: for its resource, which goes before that for the resource's domain. */
    static final int OF_RESOURCE = 0;
    static final int OF_DOMAIN = 1;
    static final int PLACES = 2;

    private final int documentCapacity;
    private final FilterSlot[] free;
    private int freeCount;
    private final SimpleFilters filters;
    private final byte[] filteredBytes;
    private final MediaTypeView type = new MediaTypeView();
    private final UriView uri = new UriView();
    private final FixedText address = new FixedText(160);
    private final ByteSink sink = new ByteSink();
    private final Slice body = new Slice();
    private final Slice slice = new Slice();
    private final Slice idSlice = new Slice();
    /** What a document read says of each place: a filter of it, or none; and whether the one there is taken away first. */
    private final int[] found = new int[PLACES];
    private final boolean[] removed = new boolean[PLACES];

    WatcherFilters(Capacity capacity) {
        documentCapacity = capacity.filterBytes;
        free = new FilterSlot[capacity.filters];
        for (int i = 0; i < free.length; i++) {
            free[i] = new FilterSlot(capacity.filterBytes);
        }
        freeCount = free.length;
        filters = free.length == 0 ? null : new SimpleFilters(capacity.filterBytes / 8, capacity.partialNodes);
        filteredBytes = new byte[free.length == 0 ? 0 : capacity.partialBytes];
    }

    /**
     * Takes the filters of a SUBSCRIBE into the places of its subscription, all or none of them.
     * @return 200, 415 or 488
     */
    int take(SipMessage subscribe, EventPackage of, FixedText resource, FilterSlot[] places) {
        if (filters == null || of.filterRules() == null || !subscribe.value(Header.CONTENT_TYPE, slice) || !type.wrap(slice)
                || !type.is(SimpleFilters.CONTENT_TYPE)) {
            return 415;
        }
        subscribe.body(body);
        if (filters.read(body) != SimpleFilters.GOOD || !sort(resource, places)) {
            return 488;
        }
        for (int i = 0; i < PLACES; i++) {
            if (removed[i] && places[i] != null) {
                release(places, i);
            }
            if (found[i] != XmlTree.NONE) {
                put(found[i], places, i);
            }
        }
        return 200;
    }

    /** Finds what is said for each place. @return false: it cannot be had */
    private boolean sort(FixedText resource, FilterSlot[] places) {
        int needed = 0;
        for (int i = 0; i < PLACES; i++) {
            found[i] = XmlTree.NONE;
            removed[i] = false;
        }
        for (int f = filters.next(XmlTree.NONE); f != XmlTree.NONE; f = filters.next(f)) {
            int place = place(f, resource);
            boolean known = place >= 0 && places[place] != null && places[place].id.equals(filters.id(f, slice));
            if (place >= 0 && filters.isRemoved(f)) {
                removed[place] |= known;
            } else if (place >= 0) {
                if (!known && !filters.hasContent(f) || found[place] != XmlTree.NONE) {
                    return false;
                }
                found[place] = f;
            }
        }
        for (int i = 0; i < PLACES; i++) {
            if (found[i] != XmlTree.NONE && places[i] != null && !removed[i] && !places[i].id.equals(filters.id(found[i], slice))) {
                return false;                                // a second one for the same resource (section 5.2.2)
            }
            needed += (found[i] != XmlTree.NONE ? 1 : 0) - (places[i] != null && (found[i] != XmlTree.NONE || removed[i]) ? 1 : 0);
        }
        return needed <= freeCount && fits();
    }

    private boolean fits() {
        for (int i = 0; i < PLACES; i++) {
            if (found[i] != XmlTree.NONE && filters.id(found[i], slice).length() > 32) {
                return false;
            }
        }
        return body.length() <= documentCapacity;
    }

    /** {@link #OF_RESOURCE}, {@link #OF_DOMAIN}, or -1: it is for something else (sections 3.3.2, 5.2.1). */
    private int place(int filter, FixedText resource) {
        if (!filters.domain(filter, slice).isEmpty()) {
            return resource.slice(idSlice) != null && uri.wrap(idSlice) && Ascii.equalsIgnoreCase(uri.host().buffer(), uri.host().offset(), uri.host().length(),
                    slice.buffer(), slice.offset(), slice.length()) ? OF_DOMAIN : -1;
        }
        if (filters.uri(filter, slice).isEmpty() || resource.equals(slice)) {
            return OF_RESOURCE;
        }
        if (!uri.wrap(slice) || !uri.isSip()) {
            return -1;
        }
        uri.putAddressOfRecord(address.sink(sink));
        return address.take(sink) && address.equals(resource) ? OF_RESOURCE : -1;
    }

    private void put(int filter, FilterSlot[] places, int place) {
        if (places[place] == null) {
            places[place] = free[--freeCount];
        }
        FilterSlot slot = places[place];
        slot.enabled = filters.isEnabled(filter);
        if (filters.hasContent(filter)) {
            slot.document.set(body);
            slot.id.set(filters.id(filter, slice));
            slot.triggers = filters.hasTriggers(filter);
        }
    }

    private void release(FilterSlot[] places, int place) {
        free[freeCount++] = places[place];
        places[place] = null;
    }

    void releaseAll(FilterSlot[] places) {
        for (int i = 0; i < PLACES; i++) {
            if (places[i] != null) {
                release(places, i);
            }
        }
    }

    /** The filter in force, or null. */
    static FilterSlot active(FilterSlot[] places) {
        return places[OF_RESOURCE] != null && places[OF_RESOURCE].enabled ? places[OF_RESOURCE]
                : places[OF_DOMAIN] != null && places[OF_DOMAIN].enabled ? places[OF_DOMAIN] : null;
    }

    /** What a filter leaves of a state. @param out valid until the next is filtered. @return false: nothing */
    boolean apply(FilterSlot slot, Slice state, EventPackage of, Slice out) {
        sink.wrap(filteredBytes);
        filters.read(slot.document.slice(body));
        boolean some = filters.apply(filters.find(slot.id.slice(idSlice)), state, of.filterRules(), sink) && !sink.overflowed();
        sink.slice(out);
        return some;
    }

    /** Whether a change is one that a filter's triggers wait for. */
    boolean isTriggered(FilterSlot slot, Slice before, Slice now) {
        filters.read(slot.document.slice(body));
        return filters.isTriggered(filters.find(slot.id.slice(idSlice)), before, now);
    }
}
