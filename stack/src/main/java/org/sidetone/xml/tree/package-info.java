/** A small tree over the octets of a document, and the selectors that find a node in it: what patches and editing need. */
package org.sidetone.xml.tree;
