/** The owner's appointments: they speak in the automatic state, and say ahead of time when it will change (RFC 4481). */
package org.sidetone.firmware.calendar;
