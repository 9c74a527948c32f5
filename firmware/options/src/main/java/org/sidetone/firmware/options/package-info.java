/** What a phone is told on its command line, the same in the emulator and on a board; a file of such options is given as {@code @FILE}. */
package org.sidetone.firmware.options;
