package org.sidetone.switchboard.lists;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.lists.RecipientList;
import org.sidetone.event.list.ResourceLists;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.switchboard.xcap.Documents;
import org.sidetone.uri.UriView;

/** The lists of all users, read from their documents when something of those changed. */
public final class ServedLists implements ResourceLists.Source {
    /** Who asks. */
    public interface Watchers {
        /** Names the user that a SUBSCRIBE comes from. @return false: there is no such */
        boolean watcher(SipMessage subscribe, FixedText out);
    }

    private final ListReader reader;
    private final Watchers watchers;
    private final Predicate<String> isHere;
    private Map<String, ServedList> lists;
    /** Lists that subscriptions brought along, by the names that they were given. */
    private final Map<String, ServedList> contained = new HashMap<>();
    /** The last of them, as long as nobody has asked for it: its subscription may not have come about. */
    private String untried = "";
    private long brought;
    private final String salt;
    private final MediaTypeView type = new MediaTypeView();
    private final UriView uri = new UriView();
    private final FixedText address = new FixedText(160);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();

    /** @param isHere whether an address of record is a user's of this exchange. @param salt another one after each start, so that no name comes again */
    public ServedLists(Documents documents, Watchers watchers, Predicate<String> isHere, long salt) {
        this.salt = Long.toHexString(salt);
        reader = new ListReader(documents);
        this.watchers = watchers;
        this.isHere = isHere;
    }

    /** A document of somebody's is another. @return whether lists may be others now */
    public boolean changed(String auid) {
        boolean ours = auid.equals("rls-services") || auid.equals("resource-lists");
        if (ours) {
            lists = null;
        }
        return ours;
    }

    private ServedList list(String of) {
        ServedList own = contained.get(of);
        if (own != null) {
            untried = of.equals(untried) ? "" : untried;
            return own;
        }
        if (lists == null) {
            lists = reader.all();
        }
        return lists.get(of);
    }

    private String asked(SipMessage subscribe) {
        return uri.wrap(subscribe.requestUri(slice)) && uri.isSip() && address(uri) ? address.toString() : "";
    }

    private boolean address(UriView of) {
        of.putAddressOfRecord(address.sink(sink));
        return address.take(sink);
    }

    @Override
    public boolean isList(SipMessage subscribe) {
        if (ResourceLists.isBrought(subscribe, slice)) {
            return true;
        }
        ServedList list = list(asked(subscribe));
        return list != null && subscribe.event() != null && ListReader.serves(list, subscribe.event().type().toString());
    }

    @Override
    public int mayAsk(SipMessage subscribe, FixedText ofList, FixedText watcher) {
        if (ResourceLists.isBrought(subscribe, slice)) {
            return bring(subscribe, ofList, watcher);
        }
        ServedList list = list(asked(subscribe));
        if (list == null || !ofList.set(list.uri())) {
            return 404;
        }
        return watchers.watcher(subscribe, watcher) && watcher.toString().equals(list.owner()) ? 200 : 403;
    }

    /** Any user may bring a list: whom it names decides by his own rules who sees him. */
    private int bring(SipMessage subscribe, FixedText ofList, FixedText watcher) {
        contained.remove(untried);
        if (!watchers.watcher(subscribe, watcher)) {
            return 403;
        }
        if (!subscribe.value(Header.CONTENT_TYPE, slice) || !type.wrap(slice) || !type.is(RecipientList.CONTENT_TYPE)) {
            return 415;
        }
        Slice body = subscribe.body(slice);
        String owner = watcher.toString();
        String name = owner.substring(0, owner.indexOf('@')) + "-list-" + salt + ++brought + owner.substring(owner.indexOf('@'));
        ServedList list = reader.contained(name, owner, Arrays.copyOfRange(body.buffer(), body.offset(), body.limit()));
        if (list == null || list.entries().isEmpty()) {
            return 400;
        }
        if (list.entries().size() > ResourceLists.MOST_RESOURCES || !ofList.set(name)) {
            return 413;
        }
        contained.put(name, list);
        untried = name;
        return 200;
    }

    @Override
    public void onEnded(Slice list) {
        contained.remove(list.toString());
    }

    @Override
    public int count(Slice of) {
        ServedList list = list(of.toString());
        return list == null ? -1 : list.entries().size();
    }

    /** The URI as an address of record, by which presence is kept. */
    @Override
    public boolean resource(Slice of, int index, Slice out, Slice name) {
        ServedList.Entry entry = list(of.toString()).entries().get(index);
        out.wrap(entry.uri());
        name.wrap(entry.name());
        return isHere.test(out.toString());
    }

    @Override
    public long version(Slice of) {
        ServedList list = list(of.toString());
        return list == null ? 0 : list.entries().stream().mapToLong(e -> Arrays.hashCode(e.uri())).reduce(17, (a, b) -> 31 * a + b);
    }

    @Override
    public boolean contains(Slice of, Slice resource) {
        ServedList list = list(of.toString());
        byte[] wanted = resource.toString().getBytes(StandardCharsets.UTF_8);
        return list != null && list.entries().stream().anyMatch(e -> Arrays.equals(e.uri(), wanted));
    }
}
