/**
 * Presence documents over octets, read and written whole: PIDF (RFC 3863), the data model (RFC 4479), RPID (RFC 4480) with the place types of
 * RFC 4589, timed status (RFC 4481), contact information (RFC 4482), capabilities (RFC 5196). Left out: pidf-diff (RFC 5262).
 */
package org.sidetone.doc.pidf;
