/** What header fields of SIP, MSRP, CPIM and HTTP share: lists, parameters, quoted strings, media types. */
package org.sidetone.msg;
