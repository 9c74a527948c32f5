/** A phone on the desk: its plug, its settings, the bench that pulls the plug. */
package org.sidetone.emulator.desk;
