/**
 * The stateful proxy core (RFC 3261 section 16) for requests other than INVITE: forking, choosing the best response, and a way in
 * for a message store. Left out so far: INVITE, CANCEL, Record-Route, loop detection by branch.
 */
package org.sidetone.sip.proxy;
