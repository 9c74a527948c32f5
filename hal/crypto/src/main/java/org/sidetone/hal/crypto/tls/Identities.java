package org.sidetone.hal.crypto.tls;

import java.net.IDN;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** For which SIP domains a certificate speaks (RFC 5922 sections 7.1, 7.2), and for which addresses. */
final class Identities {
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int ADDRESS = 7;

    private Identities() {
    }

    static boolean speaksFor(X509Certificate certificate, String name) throws CertificateParsingException {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        String wanted = canonical(name);
        if (isAddress(wanted)) {
            return alternatives != null && alternatives.stream().anyMatch(a -> (Integer) a.get(0) == ADDRESS && sameAddress(wanted, (String) a.get(1)));
        }
        return domains(certificate).stream().anyMatch(d -> canonical(d).equals(wanted));
    }

    /** SIP URIs without a user; where there are none, DNS names; where there are no alternative names at all, the common name. */
    static List<String> domains(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives == null) {
            return commonName(certificate);
        }
        List<String> uris = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (List<?> alternative : alternatives) {
            String value = String.valueOf(alternative.get(1));
            if ((Integer) alternative.get(0) == DNS) {
                names.add(value);
            } else if ((Integer) alternative.get(0) == URI && value.toLowerCase(Locale.ROOT).startsWith("sip:") && !value.contains("@")) {
                uris.add(value.substring(4).replaceFirst("[;?:].*$", ""));
            }
        }
        return uris.isEmpty() ? names : uris;
    }

    private static List<String> commonName(X509Certificate certificate) {
        try {
            for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (rdn.getType().equalsIgnoreCase("CN")) {
                    return List.of(String.valueOf(rdn.getValue()));
                }
            }
        } catch (InvalidNameException unreadable) {
            // a subject that is no name speaks for nobody
        }
        return List.of();
    }

    private static String canonical(String name) {
        String plain = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
        try {
            return IDN.toASCII(plain).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notADomain) {
            return plain.toLowerCase(Locale.ROOT);
        }
    }

    private static boolean isAddress(String name) {
        return name.contains(":") || name.matches("[0-9.]+");
    }

    private static boolean sameAddress(String one, String other) {
        try {
            return java.net.InetAddress.getByName(one).equals(java.net.InetAddress.getByName(other));    // numeric: nobody is asked
        } catch (java.net.UnknownHostException notAnAddress) {
            return false;
        }
    }
}
