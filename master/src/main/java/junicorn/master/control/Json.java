package junicorn.master.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A JSON object, to be written or as it was read: names and values in their order. Values are
/// texts, numbers, booleans, objects and lists of objects or texts; a null that somebody sends is
/// passed over. Who reads says what a name holds; what is missing or of another kind reads as
/// empty, zero or false, for the other side may be of another version.
///
/// Not to be changed any more once it is shared.
public final class Json {
    private static final int DEPTH_MAX = 16;
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                    .build();

    private final Map<String, Object> values = new LinkedHashMap<>();

    private Json() {}

    public static Json object() {
        return new Json();
    }

    public Json put(String name, String text) {
        values.put(name, text);
        return this;
    }

    public Json put(String name, long number) {
        values.put(name, number);
        return this;
    }

    public Json put(String name, double fraction) {
        values.put(name, fraction);
        return this;
    }

    public Json put(String name, boolean flag) {
        values.put(name, flag);
        return this;
    }

    public Json put(String name, Json object) {
        values.put(name, object);
        return this;
    }

    /// @param list of objects, or of texts
    public Json put(String name, List<?> list) {
        values.put(name, List.copyOf(list));
        return this;
    }

    /// Nothing, if there is nothing.
    public <T> Json put(String name, Optional<T> value) {
        value.ifPresent(it -> values.put(name, it));
        return this;
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public String text(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    public long number(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    public double real(String name) {
        return values.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    public boolean flag(String name) {
        return values.get(name) instanceof Boolean flag && flag;
    }

    public Json object(String name) {
        return values.get(name) instanceof Json object ? object : new Json();
    }

    public List<Json> objects(String name) {
        return list(name, Json.class);
    }

    public List<String> texts(String name) {
        return list(name, String.class);
    }

    private <T> List<T> list(String name, Class<T> kind) {
        return values.get(name) instanceof List<?> list
                ? list.stream().filter(kind::isInstance).map(kind::cast).toList()
                : List.of();
    }

    /// Understands one object and nothing after it.
    ///
    /// @throws IOException in words, if it is none
    public static Json parse(String text) throws IOException {
        try (var parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            var object = object(parser);
            if (parser.nextToken() != null) {
                throw new IOException("more than one JSON object");
            }
            return object;
        }
    }

    private static Json object(JsonParser parser) throws IOException {
        var object = new Json();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var key = name;
            parser.nextToken();
            value(parser, value -> object.values.put(key, value));
        }
        return object;
    }

    private static void value(JsonParser parser, Consumer<Object> into) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_STRING -> into.accept(parser.getText());
            case VALUE_NUMBER_INT -> into.accept(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> into.accept(parser.getDoubleValue());
            case VALUE_TRUE -> into.accept(true);
            case VALUE_FALSE -> into.accept(false);
            case START_OBJECT -> into.accept(object(parser));
            case START_ARRAY -> {
                var list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    value(parser, list::add);
                }
                into.accept(list);
            }
            default -> {} // null
        }
    }

    /// In one line, without its end.
    @Override
    public String toString() {
        return written(false);
    }

    /// In many lines, for people.
    public String pretty() {
        return written(true);
    }

    private String written(boolean pretty) {
        var text = new StringWriter();
        try (var generator = FACTORY.createGenerator(text)) {
            if (pretty) {
                generator.useDefaultPrettyPrinter();
            }
            write(this, generator);
        } catch (IOException impossible) { // to memory
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void write(Object value, JsonGenerator to) throws IOException {
        switch (value) {
            case String text -> to.writeString(text);
            case Long number -> to.writeNumber(number);
            case Double number -> to.writeNumber(number);
            case Boolean flag -> to.writeBoolean(flag);
            case Json object -> {
                to.writeStartObject();
                for (var entry : object.values.entrySet()) {
                    to.writeFieldName(entry.getKey());
                    write(entry.getValue(), to);
                }
                to.writeEndObject();
            }
            case List<?> list -> {
                to.writeStartArray();
                for (var each : list) {
                    write(each, to);
                }
                to.writeEndArray();
            }
            default -> throw new IllegalArgumentException("not for JSON: " + value.getClass());
        }
    }
}
