/** The owner's documents on an XCAP server, as far as they are all treated alike. */
package org.sidetone.firmware.documents;
