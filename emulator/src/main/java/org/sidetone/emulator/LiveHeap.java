package org.sidetone.emulator;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/** How much heap is in use. */
public final class LiveHeap {
    private LiveHeap() {
    }

    /** Octets as the collector left them: what threads reserve for themselves right afterwards does not count. */
    public static long octets() {
        System.gc();
        System.gc();
        long sum = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            sum += pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null ? pool.getCollectionUsage().getUsed() : 0;
        }
        return sum;
    }
}
