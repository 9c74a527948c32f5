/** Phones and exchanges together: the demo on real sockets, and the simulated world. */
package org.sidetone.world;
