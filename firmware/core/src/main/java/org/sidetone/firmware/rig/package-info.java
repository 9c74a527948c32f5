/** The phone's half of the rig port (docs/rig.md): keys in, display and lamps as their drivers were last told, state, log. */
package org.sidetone.firmware.rig;
