/** What the person sees, as models: a title, rows, a cursor, soft keys, icons. The screens and the way between them. */
package org.sidetone.firmware.screen;
