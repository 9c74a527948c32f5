/** How many datagrams a transaction stack works through in a second: MESSAGE in, 200 out, the repetition absorbed. */
package org.sidetone.bench.core;
