/** What a phone allocates on the way of a datagram. */
package org.sidetone.bench.allocation;
