/** The device's main: the firmware on a Raspberry Pi's body. */
package org.sidetone.firmware.pi;
