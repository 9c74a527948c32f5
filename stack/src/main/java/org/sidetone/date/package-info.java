/** Dates of RFC 3339 (documents) and RFC 1123 (SIP, HTTP), in UTC seconds since 1970. */
package org.sidetone.date;
