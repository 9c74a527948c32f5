/** Addresses that stand for lists of people: what users' documents say of them (RFC 4826), for the resource list server (RFC 4662). */
package org.sidetone.switchboard.lists;
