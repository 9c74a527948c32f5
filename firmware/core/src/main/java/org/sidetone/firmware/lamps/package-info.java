/** What the lamps say. */
package org.sidetone.firmware.lamps;
