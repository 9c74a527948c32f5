/** The phone on a desktop: a body of windows, terminals and files for the same firmware. */
package org.sidetone.emulator;
