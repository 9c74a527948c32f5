package org.sidetone.bench;

import java.util.Locale;
import org.sidetone.bench.allocation.AllocationCommand;
import org.sidetone.bench.compositor.CompositorCommand;
import org.sidetone.bench.core.CoreCommand;
import org.sidetone.bench.memory.MemoryCommand;
import org.sidetone.bench.msrp.MsrpCommand;
import org.sidetone.bench.parse.ParseCommand;
import org.sidetone.bench.policy.PolicyCommand;
import org.sidetone.bench.presence.PresenceCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code sidetone bench}: one subcommand for each benchmark; without one, all of them. */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Prints figures: each compared with others in the same run, or counted.",
        subcommands = {AllocationCommand.class, ParseCommand.class, PresenceCommand.class, CompositorCommand.class, PolicyCommand.class, CoreCommand.class, MsrpCommand.class, MemoryCommand.class,
            CommandLine.HelpCommand.class})
public final class BenchCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;
    private int result;

    @Override
    public void run() {
        for (String name : new String[] {"allocation", "parse", "presence", "compositor", "policy", "core", "msrp", "memory"}) {
            int one = spec.commandLine().getSubcommands().get(name).execute();
            result = Math.max(result, one);
            System.out.println();
        }
    }

    /** The program. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        BenchCommand command = new BenchCommand();
        System.exit(Math.max(new CommandLine(command).execute(arguments), command.result));
    }
}
