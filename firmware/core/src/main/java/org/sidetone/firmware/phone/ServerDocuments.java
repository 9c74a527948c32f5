package org.sidetone.firmware.phone;

import org.sidetone.firmware.contacts.Book;
import org.sidetone.firmware.contacts.KeptBook;
import org.sidetone.firmware.contacts.SharedBook;
import org.sidetone.firmware.documents.DocumentWatch;
import org.sidetone.firmware.keeping.KeptSubscriptions;
import org.sidetone.firmware.presence.LeftPresence;
import org.sidetone.firmware.presence.OwnPresence;
import org.sidetone.firmware.presence.OwnRules;
import org.sidetone.firmware.presence.ServerRules;
import org.sidetone.firmware.presence.WatcherWatch;
import org.sidetone.firmware.presence.Watchers;
import org.sidetone.sip.ua.Account;
import org.sidetone.xcap.XcapClient;

/** What an account's owner has on his XCAP server: rules, book, where he went; and who tells when something of it is another. */
final class ServerDocuments {
    private final Account account;
    private final ServerRules rules;
    private final SharedBook book;
    private final LeftPresence left;
    private final WatcherWatch watcherWatch;
    private final DocumentWatch documentWatch;

    /** @param firstPlace of those that the subscriptions to the accounts' watchers are kept at. @param place that the subscription to the documents is kept at */
    ServerDocuments(XcapClient client, Account account, Watchers watchers, OwnRules ownRules, Book contacts, KeptBook keptBook, KeptSubscriptions kept, int firstPlace, int accounts,
            int place, Phone phone) {
        this.account = account;
        rules = new ServerRules(client, watchers, ownRules, phone);
        left = new LeftPresence(client, account, phone);
        book = new SharedBook(client, contacts, keptBook, account.index, phone);
        contacts.share(account);
        watcherWatch = new WatcherWatch(kept, firstPlace, accounts, watchers);
        documentWatch = new DocumentWatch(client, kept, place);
    }

    /** At boot, when whoever else has a document there has said so. */
    void begin() {
        documentWatch.begin();
    }

    /** The account is registered, or was again. */
    void onRegistered(int expiresSec, long nowMs) {
        watcherWatch.watch(account, expiresSec, nowMs);
        look(nowMs);
        left.look(nowMs);
        documentWatch.watch(account, expiresSec, nowMs);
    }

    /** Somebody may have changed something elsewhere. */
    void look(long nowMs) {
        rules.look(nowMs);
        book.look(nowMs);
    }

    void onBookLoaded(long nowMs) {
        book.look(nowMs);
    }

    void onBook(long nowMs) {
        book.changed(nowMs);
    }

    void onDecided(long nowMs) {
        rules.decided(nowMs);
    }

    void onOwnPresence(OwnPresence own, long nowMs) {
        left.changed(own.isOffWork(), own.shownName(), own.note(), nowMs);
    }
}
