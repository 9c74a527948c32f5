/**
 * Page-mode messages, RFC 3428: sending, receiving, recognising a message that comes again. Left out so far: CPIM (3862),
 * disposition (5438), is-composing (3994), lists (5365), end-to-end security.
 */
package org.sidetone.im;
