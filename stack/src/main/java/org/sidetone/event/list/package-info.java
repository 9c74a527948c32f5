/** Event notification for resource lists (RFC 4662) at the server of the lists, for resources that are the same server's. */
package org.sidetone.event.list;
