/** Messages: received, sent, kept in storage, one record each. */
package org.sidetone.firmware.messages;
