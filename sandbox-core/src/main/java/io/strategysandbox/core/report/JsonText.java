package io.strategysandbox.core.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;

/**
 * JSON values as text: the same text for the same value on every machine and Java version, with the smallest objects of
 * a list on one line each, so that a difference between two files shows as the lines that differ.
 */
final class JsonText {

    /** Makes nodes. */
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    // Double.toString became the shortest text that reads back only with Java 19; this one is on 17 too.
    private static final ObjectMapper SCALARS = new ObjectMapper(JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build());

    private JsonText() {}

    /**
     * A number, or null where JSON has none for it.
     *
     * @param value any value
     * @return a number node; a null node for NaN and the infinities
     */
    static JsonNode number(double value) {
        return Double.isFinite(value) ? NODES.numberNode(value) : NODES.nullNode();
    }

    /**
     * A value as text.
     *
     * @param node the value
     * @param indent the spaces in front of each line but the first
     * @return the text, without a line end after it
     */
    static String of(JsonNode node, int indent) {
        StringBuilder text = new StringBuilder();
        try {
            append(text, node, indent);
        } catch (IOException e) {
            throw new IllegalStateException("a string builder does not fail", e);
        }
        return text.toString();
    }

    /**
     * Writes a value as text.
     *
     * @param text where to
     * @param node the value
     * @param indent the spaces in front of each line but the first
     */
    static void append(Appendable text, JsonNode node, int indent) throws IOException {
        append(text, node, indent, false);
    }

    /**
     * An array whose elements are made one at a time while it is written.
     *
     * @param elements the elements, each made when it is asked for
     * @return a node for {@link #append} and {@link #of}, and for nothing else
     */
    static JsonNode lazyArray(Iterable<JsonNode> elements) {
        return NODES.pojoNode(elements);
    }

    private static void append(Appendable text, JsonNode node, int indent, boolean inArray) throws IOException {
        if (node instanceof POJONode lazy && lazy.getPojo() instanceof Iterable<?> elements) {
            appendLazily(text, elements, indent);
            return;
        }
        if (!node.isContainerNode()) {
            text.append(scalar(node));
            return;
        }
        boolean flat = node.isEmpty() || inArray && leaf(node);
        String separator = flat ? "" : "\n" + " ".repeat(indent + 2);
        text.append(node.isObject() ? '{' : '[');
        boolean first = true;
        Iterator<String> names = node.fieldNames();
        for (JsonNode value : node) {
            text.append(first ? "" : flat ? ", " : ",").append(separator);
            first = false;
            if (node.isObject()) {
                text.append(scalar(NODES.textNode(names.next()))).append(": ");
            }
            append(text, value, indent + 2, node.isArray());
        }
        text.append(flat ? "" : "\n" + " ".repeat(indent)).append(node.isObject() ? '}' : ']');
    }

    private static void appendLazily(Appendable text, Iterable<?> elements, int indent) throws IOException {
        String separator = "\n" + " ".repeat(indent + 2);
        text.append('[');
        boolean first = true;
        for (Object element : elements) {
            text.append(first ? "" : ",").append(separator);
            first = false;
            append(text, (JsonNode) element, indent + 2, true);
        }
        text.append(first ? "" : "\n" + " ".repeat(indent)).append(']');
    }

    private static boolean leaf(JsonNode node) {
        for (JsonNode child : node) {
            if (child.isContainerNode()) {
                return false;
            }
        }
        return true;
    }

    private static String scalar(JsonNode node) {
        try {
            String text = SCALARS.writeValueAsString(node);
            return node.isTextual() ? escapeInvisible(text) : text;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value in memory could not be written as JSON", e);
        }
    }

    // Lossless, and a terminal that shows the file obeys nothing that a strategy printed.
    private static String escapeInvisible(String json) {
        if (json.chars().allMatch(c -> c < 0x7F)) {
            return json;
        }
        StringBuilder text = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); ) {
            int c = json.codePointAt(i);
            i += Character.charCount(c);
            text.append(PrintableText.invisible(c) ? PrintableText.escape(c) : Character.toString(c));
        }
        return text.toString();
    }

    /**
     * An object of texts.
     *
     * @param values name to text
     * @return the object, in the map's order
     */
    static ObjectNode object(Map<String, String> values) {
        ObjectNode object = NODES.objectNode();
        values.forEach(object::put);
        return object;
    }
}
