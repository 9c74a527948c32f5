/** The bus floor: pins and I2C as the drivers see them, and Pi4J's way of having them. No Pi4J type leaves this package. */
package org.sidetone.hal.pi.bus;
