package org.sidetone.world.demo;

import java.util.ArrayList;
import java.util.List;
import org.sidetone.emulator.desk.DeskPhone;
import org.sidetone.emulator.body.SoftDisplay;
import org.sidetone.hal.Key;
import org.sidetone.hal.Lamps;

/** Prints every picture of both displays and every change of a lamp as text, as they happen. */
final class Tour implements AutoCloseable {
    private static final String[] COLOURS = {"off", "green", "amber", "red"};

    private final List<String> last = new ArrayList<>();
    private final List<DeskPhone> phones;

    Tour(Office office) {
        phones = office.phones();
        for (int i = 0; i < phones.size(); i++) {
            last.add("");
            int index = i;
            DeskPhone phone = phones.get(i);
            phone.display().onFlush(() -> frame(index, phone));
            int[] shown = new int[phone.lamps().count()];
            phone.lamps().onChange(() -> lamps(phone, shown));
        }
    }

    private synchronized void frame(int index, DeskPhone phone) {
        SoftDisplay.Glass glass = phone.display().glass();
        String line = "+" + "-".repeat(phone.display().columns()) + "+\n";
        StringBuilder out = new StringBuilder(phone.owner()).append('\n').append(line);
        for (int r = 0; r < glass.rows().length; r++) {
            out.append('|').append(glass.row(r)).append("|\n");
        }
        String picture = out.append(line).toString();
        if (!picture.equals(last.get(index))) {
            last.set(index, picture);
            System.out.print(picture);
        }
    }

    private synchronized void lamps(DeskPhone phone, int[] shown) {
        for (int i = 0; i < shown.length; i++) {
            int colour = phone.lamps().colour(i);
            if (colour != shown[i]) {
                shown[i] = colour;
                if (phone.board().lampKey(i) >= Key.LINE_1 || colour != Lamps.OFF) {
                    System.out.println(phone.owner() + ": lamp " + phone.board().lampName(i) + " " + COLOURS[colour]);
                }
            }
        }
    }

    @Override
    public void close() {
        for (DeskPhone phone : phones) {
            phone.display().onFlush(() -> { });
            phone.lamps().onChange(() -> { });
        }
    }
}
