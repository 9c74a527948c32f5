/** Files that passed between this phone and others (RFC 5547): what came is kept in storage, one's own card and the log can be sent. */
package org.sidetone.firmware.files;
