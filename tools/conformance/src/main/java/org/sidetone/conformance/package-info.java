/**
 * The conformance matrix: tests say by {@link org.sidetone.conformance.Shows} which requirement they show, a listener notes which of them
 * passed, and {@link org.sidetone.conformance.Matrix} writes docs/conformance.md and docs/conformance.tsv from that.
 */
package org.sidetone.conformance;
