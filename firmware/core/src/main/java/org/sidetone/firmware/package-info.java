/** The phone itself, on any body that implements the HAL. Embedded profile. */
package org.sidetone.firmware;
