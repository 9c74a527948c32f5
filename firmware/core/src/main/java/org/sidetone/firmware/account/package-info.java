/** The phone's accounts: their servers found, registered, published. */
package org.sidetone.firmware.account;
