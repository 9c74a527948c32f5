/** Patches of XML documents (RFC 5261): applying them, and making them from two documents. */
package org.sidetone.xml.patch;
