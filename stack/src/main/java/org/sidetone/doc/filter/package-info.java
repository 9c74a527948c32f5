/** Event notification filters, {@code application/simple-filter+xml} (RFC 4661), and what they make of a document. */
package org.sidetone.doc.filter;
