/** Drivers written once against the bus floor: HD44780 over PCF8574, a key matrix, two-colour lamps. */
package org.sidetone.hal.pi.driver;
