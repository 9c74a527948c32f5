/** How long reading a message takes, beside the parsers of others on the same messages. */
package org.sidetone.bench.parse;
