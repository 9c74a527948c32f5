/** What the stack asks of its owner: to send bytes, to hash, to be random. The owner fills these in; the stack opens nothing itself. */
package org.sidetone.port;
