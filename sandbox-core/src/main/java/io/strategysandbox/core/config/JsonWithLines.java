package io.strategysandbox.core.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON and keeps the line of every value. */
final class JsonWithLines {

    private static final int MAX_DEPTH = 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private JsonWithLines() {}

    /**
     * A value and where it begins.
     *
     * @param line the line, from 1; that of the key if the value is a member of an object
     * @param value a {@code Map<String, Value>}, a {@code List<Value>}, a String, a Number, a Boolean, or what stands
     *     for null and is none of these
     */
    record Value(int line, Object value) {}

    private static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    /**
     * Reads a whole text.
     *
     * @throws JsonParseException if it is not JSON; has the place
     * @throws IOException if it is nested too deeply, or a number is too long
     */
    static Value parse(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new JsonParseException(parser, "the file is empty");
            }
            Value value = read(parser, parser.currentTokenLocation().getLineNr());
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "there is more after the end");
            }
            return value;
        }
    }

    private static Value read(JsonParser parser, int line) throws IOException {
        Object value = switch (parser.currentToken()) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> elements(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> NULL;
        };
        return new Value(line, value);
    }

    private static Map<String, Value> members(JsonParser parser) throws IOException {
        Map<String, Value> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int line = parser.currentTokenLocation().getLineNr();
            String key = parser.currentName();
            parser.nextToken();
            members.put(key, read(parser, line));
        }
        return members;
    }

    private static List<Value> elements(JsonParser parser) throws IOException {
        List<Value> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(parser, parser.currentTokenLocation().getLineNr()));
        }
        return elements;
    }
}
