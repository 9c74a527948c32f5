/** The contract tests that every implementation of the HAL passes: one test a sentence of its Javadoc. */
package org.sidetone.hal.tck;
