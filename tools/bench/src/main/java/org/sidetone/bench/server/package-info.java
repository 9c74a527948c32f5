/** The servers that are compared, ours and Kamailio, each pinned to the first core; and what their clients need. */
package org.sidetone.bench.server;
