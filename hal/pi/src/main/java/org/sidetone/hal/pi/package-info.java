/** A Raspberry Pi's panel: drivers for display, keys and lamps over a small bus floor, and Pi4J under it. */
package org.sidetone.hal.pi;
