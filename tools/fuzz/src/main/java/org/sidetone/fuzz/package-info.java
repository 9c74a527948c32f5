/**
 * Fuzz targets: each takes any bytes and asserts what must hold whatever they are. Jazzer looks for bytes that break it
 * ({@code sidetone fuzz}); the tests play the kept corpus, which is what it found worth keeping and what the RFCs give as examples.
 */
package org.sidetone.fuzz;
