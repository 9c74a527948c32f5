/**
 * Who may see what: rule sets of the common policy (RFC 4745) with the permissions of presence authorization (RFC 5025). {@code RuleSet} decides,
 * {@code Permissions} is what was decided, {@code PrivacyFilter} carries it out on a presence document, {@code OwnersRules} are those that a phone makes. All conditions,
 * actions and transformations of both are there. Names of domains in other scripts are compared by their Punycode; of their preparation (RFC 3491) the change to
 * lower case alone is done.
 */
package org.sidetone.doc.policy;
