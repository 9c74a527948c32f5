package org.sidetone.hal.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The number that says which device this is, made once and kept in a file beside what the phone keeps (RFC 5626 section 4.1). */
public final class InstanceId {
    private static final String FILE = "instance-id";

    private InstanceId() {
    }

    /** @throws IOException when the folder cannot be read or written */
    public static String in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            try {
                return UUID.fromString(Files.readString(file).strip()).toString();
            } catch (IllegalArgumentException damaged) {
                // a new one, as on a device out of the box
            }
        }
        Files.createDirectories(folder);
        String made = UUID.randomUUID().toString();
        Path half = folder.resolve(FILE + ".new");
        Files.writeString(half, made + "\n");
        Files.move(half, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return made;
    }
}
