/** Presence, RFC 3856: the event package with its documents; here the presence agent of a server. */
package org.sidetone.presence;
