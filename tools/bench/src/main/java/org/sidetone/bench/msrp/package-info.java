/** MSRP through a relay over TCP loopback, beside bytes that are copied. */
package org.sidetone.bench.msrp;
