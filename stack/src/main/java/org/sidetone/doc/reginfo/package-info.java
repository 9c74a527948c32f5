/** Registration information, {@code application/reginfo+xml} (RFC 3680 section 5), with GRUUs left out (RFC 5628). */
package org.sidetone.doc.reginfo;
