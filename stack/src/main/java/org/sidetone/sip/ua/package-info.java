/**
 * What every user agent does above its transactions (RFC 3261 sections 8, 11, 22): accounts, requests with credentials,
 * refusal of methods and extensions we do not have, OPTIONS. The usages (registration, events, messages) build on it.
 */
package org.sidetone.sip.ua;
