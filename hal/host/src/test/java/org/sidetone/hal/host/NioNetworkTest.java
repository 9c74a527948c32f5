package org.sidetone.hal.host;

import org.sidetone.hal.Network;
import org.sidetone.hal.tck.NetworkContract;

class NioNetworkTest extends NetworkContract {
    @Override
    protected Network open() throws Exception {
        return new NioNetwork();
    }

    @Override
    protected void shut(Network network) throws Exception {
        ((NioNetwork) network).close();
    }
}
