/** Body parts of any Java SE machine: network by NIO, clock, entropy, files as storage, names by dnsjava. */
package org.sidetone.hal.host;
