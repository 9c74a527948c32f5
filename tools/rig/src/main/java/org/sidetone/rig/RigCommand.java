package org.sidetone.rig;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sidetone rig HOST:PORT 'press 5' ...}. */
@Command(name = "rig", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Drives a phone through its rig port and prints each answer, one line of JSON a request.",
        footer = {"", "Requests: press KEY..., down KEY, up KEY, type \"text\", lcd, lamp L1, lamp @bob, lamps, screen,",
            "wait MS CONDITION, state, log N, watch lcd,lamps; at a bench also power off|on, link down|up,",
            "storage fail|ok, clock unknown|SECONDS. docs/rig.md says it all.", "",
            "For instance: sidetone rig 127.0.0.1:7001 'press L1 soft4' 'type \"hello\"' 'press ok' lcd"})
public final class RigCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "HOST:PORT", description = "where the rig port is")
    private String where;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "REQUEST", description = "said in this order; the first refusal ends it")
    private List<String> requests;

    @Option(names = "--token", paramLabel = "TOKEN", description = "what the phone wants to hear first", defaultValue = "")
    private String token;

    @Override
    public Integer call() {
        int colon = where.lastIndexOf(':');
        try {
            int port = Integer.parseInt(where.substring(colon + 1));
            try (RigClient rig = new RigClient(where.substring(0, Math.max(0, colon)), port, token)) {
                rig.onEvent(System.out::println);
                for (String request : requests) {
                    JsonNode answer = rig.ask(request);
                    System.out.println(answer);
                    if (!answer.path("ok").asBoolean()) {
                        return 1;
                    }
                    while (request.startsWith("watch ") && request.equals(requests.get(requests.size() - 1))) {
                        System.out.println(rig.next());
                    }
                }
            }
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println("sidetone rig: say HOST:PORT, for instance 127.0.0.1:7001, not " + where);
            return 2;
        } catch (IOException e) {
            System.err.println("sidetone rig: " + e.getMessage());
            return 1;
        }
    }
}
