/** Documents of lists (RFC 4826): the people of a phone's book, and the service that stands for them. */
package org.sidetone.doc.lists;
