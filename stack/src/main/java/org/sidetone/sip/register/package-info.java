/**
 * Registration (RFC 3261 section 10): the phone's side with refresh and backoff, and the registrar's bindings. Left out so far:
 * several flows (5626), GRUU (5627), Path (3327), Service-Route (3608).
 */
package org.sidetone.sip.register;
