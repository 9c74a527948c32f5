/** What the phone is told before it starts. */
package org.sidetone.firmware.settings;
