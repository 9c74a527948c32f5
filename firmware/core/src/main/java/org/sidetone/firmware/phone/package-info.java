/** The phone put together: boot, the duty cycle, and what ties the parts. */
package org.sidetone.firmware.phone;
