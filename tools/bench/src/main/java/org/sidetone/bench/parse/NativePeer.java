package org.sidetone.bench.parse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A C library of somebody else's, reached through a small program of ours that is compiled on the spot. */
record NativePeer(String name, String define, String debianPackage, List<String> flags) {
    static final List<NativePeer> ALL = List.of(
            new NativePeer("sofia-sip", "SOFIA", "libsofia-sip-ua-dev", List.of("-I/usr/include/sofia-sip-1.12", "-lsofia-sip-ua")),
            new NativePeer("osip2", "OSIP", "libosip2-dev", List.of("-losipparser2", "-losip2")),
            new NativePeer("libre", "RE", "libre-dev", List.of("-I/usr/include/re", "-lre")));

    /** @return the program, or null when it cannot be built here */
    Path build(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("parse.c");
        if (!Files.exists(source)) {
            try (InputStream in = NativePeer.class.getResourceAsStream("/c/parse.c")) {
                Files.copy(in, source);
            }
        }
        Path program = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of("gcc", "-O2", "-D" + define, "-o", program.toString(), source.toString()));
        command.addAll(flags);
        try {
            Process gcc = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve(name + ".log").toFile()).start();
            return gcc.waitFor() == 0 ? program : null;
        } catch (IOException e) {
            return null;                                    // no gcc
        }
    }
}
