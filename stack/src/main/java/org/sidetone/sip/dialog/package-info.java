/**
 * Dialogs (RFC 3261 section 12): identity, route set, remote target, CSeq. Made by SUBSCRIBE so far; before it is established a
 * dialog carries the identity of the requests that lead to it. Left out so far: INVITE, forking.
 */
package org.sidetone.sip.dialog;
