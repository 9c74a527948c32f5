/** The mailboxes of the accounts: voice mail and whatever else a message system keeps for the owner. */
package org.sidetone.firmware.mailbox;
