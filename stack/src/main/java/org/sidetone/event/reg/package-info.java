/** The registration event package at the registrar (RFC 3680): who subscribes to his own address hears of each change of its contacts. */
package org.sidetone.event.reg;
