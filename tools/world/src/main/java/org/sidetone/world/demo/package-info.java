/** The demo: an exchange and two phones in one process, in windows, in a terminal, or as a guided tour. */
package org.sidetone.world.demo;
