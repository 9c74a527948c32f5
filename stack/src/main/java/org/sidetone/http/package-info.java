/** HTTP/1.1 at the client (RFC 7230, 7231, 7235): one request at a time over one connection that is kept, digest authentication, bodies of a fixed size at most. */
package org.sidetone.http;
