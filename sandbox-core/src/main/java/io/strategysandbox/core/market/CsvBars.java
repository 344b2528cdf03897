package io.strategysandbox.core.market;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads bars from {@code date|timestamp,open,high,low,close,volume} and refuses what cannot be true. */
final class CsvBars {

    private static final List<String> HEADERS =
            List.of("date,open,high,low,close,volume", "timestamp,open,high,low,close,volume");

    private final List<Bar> bars = new ArrayList<>();
    private long lastTime = Long.MIN_VALUE;

    private CsvBars() {}

    static Bars read(Path file, String name) throws MarketDataException {
        CsvBars reader = new CsvBars();
        CsvTable.read(file, name, HEADERS, reader::row);
        return BarsLoader.checked(name, reader.bars);
    }

    private void row(CsvTable.Row row) {
        long time = row.time(0);
        double open = row.price(1, "open");
        double high = row.price(2, "high");
        double low = row.price(3, "low");
        double close = row.price(4, "close");
        double volume = row.quantity(5, "volume");
        if (!row.usable()) {
            return;
        }
        if (time == lastTime) {
            row.refuse("time " + Instant.ofEpochMilli(time) + " stands twice; delete one of the rows");
        } else if (time < lastTime) {
            row.refuse("time " + Instant.ofEpochMilli(time) + " is before the row above; sort the rows, oldest first");
        } else if (high < low) {
            row.refuse("high " + high + " is below low " + low + "; exchange them, or correct the row");
        } else if (open > high || open < low || close > high || close < low) {
            row.refuse("open " + open + " or close " + close + " is outside low " + low + " to high " + high
                    + "; correct the row");
        } else {
            lastTime = time;
            bars.add(new Bar(Instant.ofEpochMilli(time), open, high, low, close, volume));
        }
    }
}
