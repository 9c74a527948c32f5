/** Measuring in processes of their own, in turns: what the benchmarks of readers have in common. */
package org.sidetone.bench.fork;
