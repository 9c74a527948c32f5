/** Joins what the stack asks for to what a phone's body has: the one place where the two meet. */
package org.sidetone.hal.bind;
