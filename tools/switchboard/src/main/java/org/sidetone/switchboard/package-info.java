/** The small exchange: registrar, proxy, presence server and message store on one SIP port. Its core is sans-I/O over the stack. */
package org.sidetone.switchboard;
