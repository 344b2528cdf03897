package io.strategysandbox.core.market;

import io.strategysandbox.core.strategy.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rows of plain numbers and times, as market data comes: no quotes, a comma between columns, a header, one row a line.
 * Collects problems with their lines, up to a limit.
 */
final class CsvTable {

    private static final int MAX_PROBLEMS = 20;
    private static final int MAX_LINE = 4096;

    /** Beyond these a price times a quantity need no longer be a number. */
    private static final double LARGEST_PRICE = 1e15;

    private static final double SMALLEST_PRICE = 1e-15;
    private static final double LARGEST_QUANTITY = 1e18;
    private static final long FIRST_MILLIS_LIKE_VALUE = 100_000_000_000L;

    private final String name;
    private final List<Problem> problems = new ArrayList<>();

    private CsvTable(String name) {
        this.name = name;
    }

    /** Takes one row. */
    @FunctionalInterface
    interface RowReader {
        void row(Row row);
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @param name what to call it in problems
     * @param headers the accepted headers, in lower case
     * @param reader takes each row
     * @throws MarketDataException if anything was wrong
     */
    static void read(Path file, String name, List<String> headers, RowReader reader) throws MarketDataException {
        CsvTable table = new CsvTable(name);
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()))) {
            table.rows(in, headers, reader);
        } catch (CharacterCodingException e) {
            table.problem(0, "is not valid UTF-8; save it as UTF-8");
        } catch (IOException e) {
            table.problem(0, "cannot be read: " + e.getMessage() + "; check the file and its permissions");
        }
        if (!table.problems.isEmpty()) {
            throw new MarketDataException(table.problems);
        }
    }

    private void rows(BufferedReader in, List<String> headers, RowReader reader) throws IOException {
        String header = in.readLine();
        if (header == null) {
            problem(1, "is empty; it needs the header '" + headers.get(0) + "' and rows");
            return;
        }
        String plain = (header.startsWith("\uFEFF") ? header.substring(1) : header)
                .toLowerCase(Locale.ROOT)
                .replace(" ", "")
                .strip();
        if (!headers.contains(plain)) {
            problem(
                    1,
                    "has the header '" + shortened(header) + "'; it must be '" + String.join("' or '", headers) + "'");
            return;
        }
        int columns = plain.split(",").length;
        int number = 1;
        int rows = 0;
        for (String line = in.readLine(); line != null && problems.size() < MAX_PROBLEMS; line = in.readLine()) {
            number++;
            if (line.isEmpty()) {
                continue;
            }
            String[] cells = line.length() > MAX_LINE ? new String[0] : line.split(",", -1);
            if (cells.length != columns) {
                problem(
                        number,
                        "has " + cells.length + " columns instead of " + columns + ": '" + shortened(line) + "'");
                continue;
            }
            rows++;
            reader.row(new Row(number, cells));
        }
        if (rows == 0 && problems.isEmpty()) {
            problem(number, "has a header and no row; a backtest needs two bars or more");
        }
    }

    private void problem(int line, String message) {
        problems.add(new Problem("data-invalid", name, line, 0, message));
    }

    /** Text of the file as a message may show it: short, and without characters that act on a terminal or a log. */
    private static String shortened(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 80 ? plain : plain.substring(0, 80) + "…";
    }

    /** One row: cells by position. A cell that cannot be read is a problem, and NaN or zero. */
    final class Row {
        private final int line;
        private final String[] cells;
        private boolean usable = true;

        private Row(int line, String[] cells) {
            this.line = line;
            this.cells = cells;
        }

        /** {@return whether nothing was wrong with the row so far} */
        boolean usable() {
            return usable;
        }

        void refuse(String message) {
            usable = false;
            problem(line, message);
        }

        /** {@return a finite number written with digits, a point and an exponent at most} */
        double number(int column, String what) {
            String cell = cells[column].strip();
            if (isPlainNumber(cell)) {
                double value = Double.parseDouble(cell);
                if (!Double.isInfinite(value)) {
                    return value;
                }
            }
            refuse(what + " is '" + shortened(cell) + "'; it must be a number such as 123.45");
            return Double.NaN;
        }

        /** {@return a number above zero} */
        double price(int column, String what) {
            double value = number(column, what);
            if (value <= 0) {
                refuse(what + " is " + shownCell(column) + "; a price must be above zero");
            } else if (value < SMALLEST_PRICE || value > LARGEST_PRICE) {
                refuse(what + " is " + shownCell(column) + "; a price must lie within " + SMALLEST_PRICE + " and "
                        + LARGEST_PRICE);
            }
            return value;
        }

        /** {@return a number of zero or more} */
        double quantity(int column, String what) {
            double value = number(column, what);
            if (value < 0) {
                refuse(what + " is " + shownCell(column) + "; it must be zero or more");
            } else if (value > LARGEST_QUANTITY) {
                refuse(what + " is " + shownCell(column) + "; it must be at most " + LARGEST_QUANTITY);
            }
            return value;
        }

        private String shownCell(int column) {
            return shortened(cells[column].strip());
        }

        /** {@return milliseconds since 1970-01-01T00:00Z of an ISO date, an ISO instant, or epoch seconds} */
        long time(int column) {
            String cell = cells[column].strip();
            try {
                if (cell.length() == 10 && cell.charAt(4) == '-') {
                    return LocalDate.parse(cell)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .toEpochMilli();
                }
                if (!cell.isEmpty() && cell.length() <= 18 && cell.chars().allMatch(c -> c >= '0' && c <= '9')) {
                    long seconds = Long.parseLong(cell);
                    if (seconds >= FIRST_MILLIS_LIKE_VALUE) {
                        refuse("time is " + cell + ", which looks like milliseconds; epoch times must be in seconds");
                        return 0;
                    }
                    return seconds * 1000;
                }
                return Instant.parse(cell).toEpochMilli();
            } catch (DateTimeParseException | ArithmeticException e) {
                refuse("time is '" + shortened(cell) + "'; it must be a date such as 2020-01-31, an instant such as"
                        + " 2020-01-31T15:00:00Z, or seconds since 1970");
                return 0;
            }
        }

        private static boolean isPlainNumber(String cell) {
            boolean digit = false;
            for (int i = 0; i < cell.length(); i++) {
                char c = cell.charAt(i);
                if (c >= '0' && c <= '9') {
                    digit = true;
                } else if (c != '.' && c != '-' && c != '+' && !(digit && (c == 'e' || c == 'E'))) {
                    return false;
                }
            }
            if (!digit) {
                return false;
            }
            try {
                Double.parseDouble(cell);
                return true;
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }
}
