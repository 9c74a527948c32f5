/**
 * XML where it lies: a pull reader with namespaces and bounded depth and length, and a writer. UTF-8 alone; DOCTYPE is
 * refused, so there are no entities but the five of XML itself and character references.
 */
package org.sidetone.xml;
