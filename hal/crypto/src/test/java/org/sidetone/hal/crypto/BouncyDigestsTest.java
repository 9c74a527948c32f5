package org.sidetone.hal.crypto;

import org.sidetone.hal.Digests;
import org.sidetone.hal.tck.DigestsContract;

class BouncyDigestsTest extends DigestsContract {
    @Override
    protected Digests open() {
        return new BouncyDigests();
    }
}
