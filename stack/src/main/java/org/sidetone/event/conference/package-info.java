/** The conference event package at a room's focus (RFC 4575): who takes part hears who else does. */
package org.sidetone.event.conference;
