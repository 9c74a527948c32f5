/** Bytes as they lie in buffers: views, sinks, copies of bounded size, ASCII and UTF-8, hex and base64. */
package org.sidetone.bytes;
