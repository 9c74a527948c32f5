/** Figures: what is allocated, what lives, how fast. */
package org.sidetone.bench;
