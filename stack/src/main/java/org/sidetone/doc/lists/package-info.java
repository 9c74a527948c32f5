/** Documents of lists (RFC 4826): the service that stands for the people of a phone's book. */
package org.sidetone.doc.lists;
