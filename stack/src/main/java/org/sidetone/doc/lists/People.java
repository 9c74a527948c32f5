package org.sidetone.doc.lists;

import org.sidetone.bytes.Slice;

/** Who stands in a list that is written. */
public interface People {
    int count();

    Slice address(int index, Slice out);

    /** May be empty. */
    Slice name(int index, Slice out);
}
