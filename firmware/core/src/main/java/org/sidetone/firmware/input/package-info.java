/** Keys into text: the queue of key events, multi-tap, the text field. */
package org.sidetone.firmware.input;
