package io.strategysandbox.core.validation;

/**
 * How deep the brackets of a source are, read character by character. Those in comments and literals do not count. Text that
 * does not compile may be counted in any way.
 */
final class Brackets {

    private static final String COMMENT = "*/";
    private static final String LINE = "\n";
    private static final String TEXT_BLOCK = "\"\"\"";

    private int depth;

    /** What ends the comment or literal that the text is in; empty outside of both. */
    private String end = "";

    /** The last characters, as far as they may begin or end something. */
    private String last = "";

    private boolean escaped;

    int depth() {
        return depth;
    }

    void next(int c) {
        char character = c > Character.MAX_VALUE ? '?' : (char) c;
        if (end.isEmpty()) {
            code(character);
        } else {
            literal(character == '\r' ? '\n' : character);
        }
    }

    private void code(char c) {
        last = (last.length() < 2 ? last : last.substring(1)) + c;
        if (last.endsWith("//")) {
            begin(LINE);
        } else if (last.endsWith("/*")) {
            begin(COMMENT);
        } else if (c == '\'' || c == '"') {
            begin(String.valueOf(c));
        } else if (c == '(' || c == '[' || c == '{') {
            depth++;
        } else if (c == ')' || c == ']' || c == '}') {
            depth = Math.max(0, depth - 1);
        }
    }

    private void begin(String until) {
        end = until;
        last = "";
        escaped = false;
    }

    private void literal(char c) {
        if (escaped) {
            escaped = false;
            last = "";
            return;
        }
        boolean quoted = end.charAt(0) == '"' || end.charAt(0) == '\'';
        escaped = quoted && c == '\\';
        last = last + c;
        if (end.equals("\"") && last.equals("\"")) {
            // An empty literal, unless one more follows: then it is a text block.
            end = TEXT_BLOCK.substring(1);
            last = "\"";
        } else if (end.equals("\"\"") && last.length() == 2) {
            emptyOrBlock(c);
        } else if (last.endsWith(end) || end.length() == 1 && quoted && c == '\n') {
            end = "";
            last = "";
        } else if (last.length() >= end.length()) {
            last = last.substring(last.length() - end.length() + 1);
        }
    }

    private void emptyOrBlock(char c) {
        if (c == '"') {
            begin(TEXT_BLOCK);
        } else {
            end = "";
            last = "";
            code(c);
        }
    }
}
