/** Business cards: vCard 4.0 (RFC 6350), as much of it as a phone gives and shows. */
package org.sidetone.doc.vcard;
