/** What subscriptions and contacts cost in memory, which is all taken at boot. */
package org.sidetone.bench.memory;
