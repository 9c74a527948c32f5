package org.sidetone.doc.pidf;

import org.sidetone.bytes.Slice;

/** Contact information of a person or a service (RFC 4482 section 3): URIs, and a name to show; empty where not said. */
public final class Cipid {
    public final Slice card = new Slice();
    public final Slice displayName = new Slice();
    public final Slice homepage = new Slice();
    public final Slice icon = new Slice();
    public final Slice map = new Slice();
    public final Slice sound = new Slice();

    void clear() {
        card.clear();
        displayName.clear();
        homepage.clear();
        icon.clear();
        map.clear();
        sound.clear();
    }
}
