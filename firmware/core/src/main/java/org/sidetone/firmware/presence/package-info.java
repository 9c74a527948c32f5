/** The owner's own presence: what was chosen, what the phone notices by itself, and the document that is published of it. */
package org.sidetone.firmware.presence;
