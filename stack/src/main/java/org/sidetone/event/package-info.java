/**
 * SIP-specific event notification, RFC 6665: subscriber (section 4.1) and notifier (4.2), for any event package. Left out so far:
 * RFC 6446, 5839, 4660, migration, state agents, forked subscriptions.
 */
package org.sidetone.event;
