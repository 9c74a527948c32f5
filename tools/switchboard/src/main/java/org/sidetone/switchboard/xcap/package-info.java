/**
 * The XCAP server (RFC 4825): {@code XcapServer} takes requests and gives answers, {@code DocumentEditor} reads and changes nodes of documents octet by octet, an
 * {@code ApplicationUsage} says what documents of one kind must be like, {@code HttpFront} speaks HTTP.
 */
package org.sidetone.switchboard.xcap;
