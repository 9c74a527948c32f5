/** PUBLISH and NOTIFY at a presence server: our exchange beside Kamailio, under the same load. */
package org.sidetone.bench.compositor;
