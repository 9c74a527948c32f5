package org.sidetone.doc.winfo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sidetone.SchemaValidation;
import org.sidetone.Vectors;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;

class WatcherinfoTest implements WatcherinfoReader.User {
    private final WatcherinfoReader reader = new WatcherinfoReader();
    private final List<String> read = new ArrayList<>();

    static Stream<Path> valid() throws IOException {
        return Files.list(Vectors.folder("xml/watcherinfo/valid")).sorted();
    }

    static Stream<Path> invalid() throws IOException {
        return Files.list(Vectors.folder("xml/watcherinfo/invalid")).sorted();
    }

    @Override
    public void onWatcherList(Slice resource, Slice eventPackage) {
        read.add(resource + " " + eventPackage);
    }

    @Override
    public void onWatcher(Slice id, Slice uri, Slice displayName, int status, int event) {
        read.add(id + " " + uri + " " + displayName + " " + Watcherinfo.statusName(status) + " " + Watcherinfo.eventName(event));
    }

    @ParameterizedTest
    @MethodSource("valid")
    @Shows({"3858-3-3", "3858-3-6"})
    void everyValidDocumentIsRead(Path file) throws Exception {
        String text = Files.readString(file);
        assertEquals(WatcherinfoReader.GOOD, reader.read(new Slice().wrap(text.getBytes(StandardCharsets.UTF_8)), this), file.toString());
        assertEquals(text.split("<(\\w+:)?watcher ").length - 1 + text.split("<(\\w+:)?watcher-list ").length - 1, read.size(), file.toString());
        assertEquals(text.contains("state=\"full\""), reader.isFull());
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void everyInvalidDocumentIsRefused(Path file) throws Exception {
        assertTrue(reader.read(new Slice().wrap(Files.readAllBytes(file)), this) < 0, file.toString());
    }

    @Test
    void theExampleSaysWhatItSays() throws Exception {
        reader.read(new Slice().wrap(Files.readAllBytes(Vectors.folder("xml/watcherinfo/valid").resolve("rfc3858-5-1.xml"))), this);
        assertEquals(List.of("sip:professor@example.net presence", "8ajksjda7s sip:userA@example.net  active approved",
                "hh8juja87s997-ass7 sip:userB@example.org Mr. Subscriber pending subscribe"), read);
        assertEquals(0, reader.version());
    }

    @Test
    void whatIsWrittenReadsBackAndIsValid() throws Exception {
        ByteSink out = new ByteSink().wrap(new byte[2000]);
        WatcherinfoWriter writer = new WatcherinfoWriter();
        FixedText uri = new FixedText(100);
        uri.set("sip:a&b@e.test");
        writer.begin(7, false, new Slice().wrap("sip:me@e.test".getBytes()), new Slice().wrap("presence".getBytes()), out);
        for (int event = Watcherinfo.SUBSCRIBE; event <= Watcherinfo.NORESOURCE; event++) {
            writer.watcher(uri, event, 1 + event % 4, event, event == 1 ? 60 : -1, 5);
        }
        writer.end();
        byte[] document = out.slice(new Slice()).toString().getBytes();
        SchemaValidation.validate("watcherinfo", document);
        assertEquals(WatcherinfoReader.GOOD, reader.read(new Slice().wrap(document), this));
        assertEquals(9, read.size());
        assertEquals("w8 sip:a&b@e.test  pending noresource", read.get(8));
        assertEquals(7, reader.version());
    }
}
