package org.sidetone.bench;

import java.util.List;

/** What is allocated on the way of a datagram. */
final class AllocationBench {
    /** One line. */
    record Figure(String path, double bytesEach, String remark) {
    }

    AllocationBench(int messages) {
    }

    List<Figure> run() throws Exception {
        return List.of();
    }
}
