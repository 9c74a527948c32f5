/** The emulated body: keypad, display and lamps that a face shows, and the faults that a bench can cause. */
package org.sidetone.emulator.body;
