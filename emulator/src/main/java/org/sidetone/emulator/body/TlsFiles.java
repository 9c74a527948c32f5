package org.sidetone.emulator.body;

import java.nio.file.Path;

/**
 * The PEM files of a phone that speaks TLS.
 * @param authorities whom it believes; null: the machine's
 * @param certificate what it shows when it is asked; null: nothing
 * @param key of the certificate; null: none
 */
public record TlsFiles(Path authorities, Path certificate, Path key) {
}
