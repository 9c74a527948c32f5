package org.sidetone.switchboard;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/** Knows the exchange's users. */
interface UserNames {
    /** Writes the address of record of a user. @return false: there is no such user */
    boolean nameUser(Slice address, FixedText out);
}
