/** The story that the demo plays: two phones see each other and exchange messages, through power cuts. */
package org.sidetone.world.story;
