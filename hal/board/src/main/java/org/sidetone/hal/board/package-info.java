/** Reads and checks the files of board-configs. */
package org.sidetone.hal.board;
