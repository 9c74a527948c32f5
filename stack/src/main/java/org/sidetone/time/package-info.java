/** Timers without threads and without allocation. */
package org.sidetone.time;
