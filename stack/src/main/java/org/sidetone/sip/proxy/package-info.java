/**
 * The stateful proxy core (RFC 3261 section 16): validation, forking in parallel and by q, INVITE with CANCEL and timer C, Record-Route,
 * loop detection and Max-Breadth (RFC 5393), choosing the best response, and a way in for a message store. A proxy that adds Record-Route
 * finds flows by the registrar's bindings, so its Record-Route carries no token. Left out: redirection is not followed, it is forwarded.
 */
package org.sidetone.sip.proxy;
