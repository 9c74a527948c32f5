/** The phone's log: a ring of bytes in memory. */
package org.sidetone.firmware.log;
