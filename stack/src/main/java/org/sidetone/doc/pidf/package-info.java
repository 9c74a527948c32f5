/**
 * Presence documents: PIDF (RFC 3863), of the data model (RFC 4479) the person, of RPID (RFC 4480) the activities and
 * user-input. Left out so far: the rest of RPID, 4481, 4482, 5196, 5262.
 */
package org.sidetone.doc.pidf;
