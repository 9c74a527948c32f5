package org.sidetone.bench.compositor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.sidetone.bench.report.Report;
import org.sidetone.bench.server.Servers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sidetone bench compositor}. */
@Command(name = "compositor", mixinStandardHelpOptions = true, sortOptions = false,
        description = "PUBLISH and NOTIFY a second, UDP, digest on each PUBLISH: our exchange and, where it is installed, Kamailio with its database from interop/kamailio, each"
                + " pinned to one core, the load on another. Neither forces its commits to disk, since that test bed does not; our figure with forced commits stands beside.")
public final class CompositorCommand implements Callable<Integer> {
    @Option(names = "--watchers", split = ",", paramLabel = "N", description = "watchers of each presentity (${DEFAULT-VALUE})", defaultValue = "1,50")
    private List<Integer> watchers;

    @Option(names = "--presentities", paramLabel = "N", description = "who publish at once (16, with 10 watchers and more 4, so that bursts fit into the sockets)")
    private int presentities;

    @Option(names = "--seconds", paramLabel = "S", description = "of each measurement (${DEFAULT-VALUE})", defaultValue = "10")
    private int seconds;

    @Option(names = "--warm-up", paramLabel = "S", description = "under load before each (${DEFAULT-VALUE})", defaultValue = "15")
    private int warmUp;

    @Option(names = "--json", paramLabel = "FILE", description = "writes the table for machines")
    private Path json;

    @Override
    public Integer call() throws Exception {
        if (!Servers.canPin()) {
            System.out.println("bench compositor is left out: it needs taskset and two cores");
            return 0;
        }
        if (seconds < 1 || warmUp < 1 || presentities < 0 || watchers.stream().anyMatch(w -> w < 1)) {
            System.err.println("sidetone bench compositor: seconds and watchers are 1 at least");
            return 2;
        }
        if (!Servers.hasKamailio()) {
            System.out.println("Kamailio is left out: it is not installed (interop/kamailio/start installs it)");
        }
        try (Servers servers = new Servers("compositor")) {
            Report report = new CompositorBench(servers, presentities, seconds, warmUp).run(watchers);
            report.print();
            report.write(json);
            return 0;
        } catch (IOException e) {
            System.err.println("sidetone bench compositor: " + e.getMessage());
            return 1;
        }
    }
}
