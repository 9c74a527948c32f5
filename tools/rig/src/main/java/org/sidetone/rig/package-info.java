/** The rig: drives a phone through its rig port (docs/rig.md), from Java and from the command line. */
package org.sidetone.rig;
