package org.sidetone.hal.host;

import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.io.TempDir;
import org.sidetone.hal.Storage;
import org.sidetone.hal.tck.StorageContract;

class FileStorageTest extends StorageContract {
    @TempDir
    private Path folder;
    private final Semaphore completed = new Semaphore(0);

    @Override
    protected Storage open() throws Exception {
        return new FileStorage(folder, completed::release);
    }

    @Override
    protected void shut(Storage opened) {
        ((FileStorage) opened).close();
    }

    @Override
    protected void await() throws Exception {
        completed.acquire();
    }
}
