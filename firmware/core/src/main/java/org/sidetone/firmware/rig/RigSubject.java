package org.sidetone.firmware.rig;

import org.sidetone.bytes.Slice;
import org.sidetone.firmware.input.KeyQueue;
import org.sidetone.firmware.input.MultiTap;
import org.sidetone.firmware.log.Log;
import org.sidetone.firmware.screen.ScreenModel;
import org.sidetone.hal.Panel;

/** The phone, as its rig port sees it. */
public interface RigSubject {
    KeyQueue keys();

    /** The field that text is being typed into, or null. */
    MultiTap textEntry();

    Panel panel();

    ScreenModel model();

    Log log();

    boolean isRegistered();

    /** Lamp of the line key that belongs to a contact, named by {@code bob}, {@code Bob} or its address; -1: none. */
    int lampOfContact(Slice name);

    /** Writes the members of the state object. */
    void writeState(JsonWriter out);
}
