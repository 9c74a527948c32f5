/**
 * XCAP at the client (RFC 4825): documents that are kept in step with a server. {@code XcapClient} knows where they are and whose, each {@code XcapDocument} is one of
 * them, {@code XcapConflictReport} is the body of a 409. The server is {@code org.sidetone.switchboard.xcap}.
 */
package org.sidetone.xcap;
