/** What a benchmark found, as a table and as JSON. */
package org.sidetone.bench.report;
