/** The people in the phone's book, what is known of their presence, and the subscriptions that tell it. */
package org.sidetone.firmware.contacts;
