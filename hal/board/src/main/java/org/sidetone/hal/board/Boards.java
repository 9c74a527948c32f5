package org.sidetone.hal.board;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sidetone.hal.Key;

/** Finds and reads boards: by name among those that come along, or by path. */
public final class Boards {
    private static final String FOLDER = "configs/";
    private static final List<String> NAMES = List.of("desk-text-36x8", "pi-text-20x4");

    private Boards() {
    }

    /** Names of the boards that come along. */
    public static List<String> names() {
        return NAMES;
    }

    /** @param nameOrPath a name of {@link #names}, or the path of a TOML file */
    public static Board load(String nameOrPath) throws BoardException {
        try {
            Path path = Path.of(nameOrPath);
            if (Files.isRegularFile(path)) {
                return parse(Files.readString(path), nameOrPath);
            }
            try (InputStream in = Boards.class.getResourceAsStream(FOLDER + nameOrPath + ".toml")) {
                if (in == null) {
                    throw new BoardException("there is no board " + nameOrPath + "; name one of " + String.join(", ", NAMES)
                            + ", or the path of a board file");
                }
                return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), nameOrPath);
            }
        } catch (IOException e) {
            throw new BoardException("the board file " + nameOrPath + " cannot be read: " + e.getMessage());
        }
    }

    /** @param source what to call the text in errors */
    public static Board parse(String toml, String source) throws BoardException {
        JsonNode root;
        try {
            root = new TomlMapper().readTree(toml);
        } catch (JsonProcessingException e) {
            throw new BoardException(source + ": not TOML: " + e.getOriginalMessage()
                    + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")"));
        }
        Set<ValidationMessage> faults = schema().validate(root);
        if (!faults.isEmpty()) {
            throw new BoardException(source + ": " + faults.stream().map(ValidationMessage::getMessage).sorted().collect(Collectors.joining("; ")));
        }
        Board board = read(root);
        check(board, source);
        return board;
    }

    private static JsonSchema schema() throws BoardException {
        try (InputStream in = Boards.class.getResourceAsStream(FOLDER + "board.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
        } catch (IOException e) {
            throw new BoardException("the board schema cannot be read: " + e.getMessage());
        }
    }

    private static Board read(JsonNode root) {
        JsonNode d = root.get("display");
        JsonNode k = root.get("keypad");
        List<Board.Lamp> lamps = new ArrayList<>();
        for (JsonNode lamp : root.get("lamps")) {
            lamps.add(new Board.Lamp(lamp.get("name").asText(), Key.of(lamp.get("key").asText()), lamp.path("green-pin").asInt(-1),
                    lamp.path("red-pin").asInt(-1)));
        }
        return new Board(root.get("name").asText(), root.get("description").asText(),
                new Board.Display(d.get("rows").asInt(), d.get("columns").asInt(), d.get("driver").asText(), d.path("i2c-bus").asInt(-1),
                        d.path("i2c-address").asInt(-1), d.path("glyphs").asText("ascii")),
                new Board.Keypad(k.get("driver").asText(), integers(k.path("row-pins")), integers(k.path("column-pins")),
                        k.path("scan-ms").asInt(8), table(k.get("keys"))),
                List.copyOf(lamps), new Board.Face(strings(root.get("face").get("lines")), table(root.get("face").get("keys"))));
    }

    private static List<Integer> integers(JsonNode array) {
        List<Integer> out = new ArrayList<>();
        array.forEach(n -> out.add(n.asInt()));
        return List.copyOf(out);
    }

    private static List<String> strings(JsonNode array) {
        List<String> out = new ArrayList<>();
        array.forEach(n -> out.add(n.asText()));
        return List.copyOf(out);
    }

    private static List<List<String>> table(JsonNode rows) {
        List<List<String>> out = new ArrayList<>();
        rows.forEach(r -> out.add(strings(r)));
        return List.copyOf(out);
    }

    /** What a schema cannot say. */
    private static void check(Board board, String source) throws BoardException {
        Set<String> keys = new HashSet<>();
        for (List<String> row : board.keypad().keys()) {
            for (String key : row) {
                if (!key.isEmpty() && Key.of(key) < 0) {
                    throw new BoardException(source + ": there is no key \"" + key + "\"");
                }
                if (!key.isEmpty() && !keys.add(key)) {
                    throw new BoardException(source + ": the key \"" + key + "\" stands there twice");
                }
            }
        }
        Set<Integer> pins = new HashSet<>();
        for (Board.Lamp lamp : board.lampList()) {
            if (lamp.key() < 0 || !board.hasKey(lamp.key())) {
                throw new BoardException(source + ": lamp " + lamp.name() + " belongs to a key that the keypad does not have");
            }
            useOnce(lamp.greenPin(), pins, source);
            useOnce(lamp.redPin(), pins, source);
        }
        if (board.keypad().driver().equals("gpio-matrix")) {
            checkMatrix(board, pins, source);
        }
        if (!board.display().driver().equals("none") && (board.display().i2cBus() < 0 || board.display().i2cAddress() < 0)) {
            throw new BoardException(source + ": the display's driver needs i2c-bus and i2c-address");
        }
        for (List<String> row : board.face().keys()) {
            for (String key : row) {
                if (!key.isEmpty() && !keys.contains(key)) {
                    throw new BoardException(source + ": the face shows a key \"" + key + "\" that the keypad does not have");
                }
            }
        }
    }

    private static void checkMatrix(Board board, Set<Integer> pins, String source) throws BoardException {
        Board.Keypad k = board.keypad();
        if (k.keys().size() != k.rowPins().size() || k.keys().stream().anyMatch(r -> r.size() != k.columnPins().size())) {
            throw new BoardException(source + ": the table of keys must be as large as row-pins by column-pins");
        }
        for (int pin : k.rowPins()) {
            useOnce(pin, pins, source);
        }
        for (int pin : k.columnPins()) {
            useOnce(pin, pins, source);
        }
    }

    private static void useOnce(int pin, Set<Integer> pins, String source) throws BoardException {
        if (pin >= 0 && !pins.add(pin)) {
            throw new BoardException(source + ": pin " + pin + " is used twice");
        }
    }
}
