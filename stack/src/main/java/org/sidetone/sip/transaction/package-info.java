/**
 * The four transactions of RFC 3261 section 17 with RFC 4320 and RFC 6026, CANCEL (section 9), merged requests (8.2.2.2).
 */
package org.sidetone.sip.transaction;
