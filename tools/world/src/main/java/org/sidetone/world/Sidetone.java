package org.sidetone.world;

import org.sidetone.emulator.EmulatorCommand;
import org.sidetone.rig.RigCommand;
import org.sidetone.switchboard.SwitchboardCommand;
import org.sidetone.world.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The programs behind the one command {@code sidetone}. */
@Command(name = "sidetone", subcommands = {DemoCommand.class, EmulatorCommand.class, SwitchboardCommand.class, RigCommand.class,
    CommandLine.HelpCommand.class}, mixinStandardHelpOptions = true,
        description = "Firmware for SIP desk phones that live by presence and text.")
public final class Sidetone implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    /** The program. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Sidetone()).execute(arguments));
    }
}
