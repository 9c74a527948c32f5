/** Figures: one package for each benchmark, and the report they share. */
package org.sidetone.bench;
