/** From the model of a screen to what a display shows. */
package org.sidetone.firmware.render;
