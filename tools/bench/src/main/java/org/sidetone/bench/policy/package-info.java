/** Deciding by rules who sees what. */
package org.sidetone.bench.policy;
