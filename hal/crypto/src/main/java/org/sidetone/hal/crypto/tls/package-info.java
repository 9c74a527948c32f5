/**
 * TLS 1.2 and 1.3 by Bouncy Castle's lightweight classes, without a JCE provider of theirs; the other side's certificates are judged by the
 * JDK's CertPathValidator, then by RFC 5922. Sessions of TLS 1.2 are resumed; the library has no resumption for 1.3.
 */
package org.sidetone.hal.crypto.tls;
