/** Conversations: chats with their transcripts, kept in storage. */
package org.sidetone.firmware.chats;
