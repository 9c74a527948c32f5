/** Documents checked against a schema while they are read: a compact notation of what XML Schema says, and a reader that follows it. */
package org.sidetone.xml.schema;
