/** Faces of an emulated phone: a window, a terminal, or none. */
package org.sidetone.emulator.face;
