package org.sidetone.emulator.face;

import com.formdev.flatlaf.FlatDarkLaf;
import java.awt.Color;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.List;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;
import org.sidetone.emulator.desk.DeskPhone;

/** A window for each phone, side by side. */
final class PhoneWindow {
    private static final int MARGIN = 24;

    private PhoneWindow() {
    }

    /** @param onClose called when any of the windows was closed */
    static void open(List<DeskPhone> phones, Runnable onClose) {
        SwingUtilities.invokeLater(() -> {
            FlatDarkLaf.setup();
            int x = MARGIN;
            for (DeskPhone phone : phones) {
                JFrame frame = new JFrame(phone.owner() + " - Sidetone");
                frame.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
                frame.getContentPane().setBackground(new Color(0x1B1D21));
                frame.setContentPane(new PhonePanel(phone));
                frame.addWindowListener(new WindowAdapter() {
                    @Override
                    public void windowClosed(WindowEvent e) {
                        onClose.run();
                    }
                });
                frame.pack();
                frame.setLocation(x, MARGIN);
                frame.setVisible(true);
                x += frame.getWidth() + MARGIN;
            }
        });
    }
}
