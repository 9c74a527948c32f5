/**
 * The INVITE usage: early, forked and confirmed dialogs (RFC 3261 sections 12 to 15), offer and answer (RFC 3264), reliable provisional
 * responses (RFC 3262), UPDATE (RFC 3311), session timers (RFC 4028), Replaces (RFC 3891), redirection (RFC 3261 section 8.1.3.4). What is
 * offered and answered is the user's: descriptions are octets here.
 */
package org.sidetone.session;
