/**
 * What a phone's body is: the interfaces that firmware sees of network, keys, lamps, display, storage, time. Every method is a
 * contract, tested sentence by sentence by hal/tck. No call blocks longer than 1 ms; what takes longer completes by event.
 * All calls come from the one thread of the firmware's loop unless a method says otherwise.
 */
package org.sidetone.hal;
