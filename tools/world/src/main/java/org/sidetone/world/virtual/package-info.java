/** A simulated world: one virtual clock, a network with faults, storage that a power cut catches between write and medium. One seed,
 *  one course of events. */
package org.sidetone.world.virtual;
