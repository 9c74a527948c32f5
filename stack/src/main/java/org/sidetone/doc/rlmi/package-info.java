/** Resource list meta-information, {@code application/rlmi+xml} (RFC 4662 section 5), and the body that carries it with the state of each resource. */
package org.sidetone.doc.rlmi;
