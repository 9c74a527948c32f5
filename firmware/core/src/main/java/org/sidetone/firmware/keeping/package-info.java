/** What the stack wants to find again after a reboot: dialogs of subscriptions, tags of publications. */
package org.sidetone.firmware.keeping;
