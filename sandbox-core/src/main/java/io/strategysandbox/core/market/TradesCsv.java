package io.strategysandbox.core.market;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads single trades from {@code timestamp,price,amount} and makes bars of them. Bars begin at multiples of their
 * length since 1970-01-01T00:00Z and carry their beginning as their time; a period without a trade makes no bar. The
 * last period is dropped, because it may have ended after the data did.
 */
final class TradesCsv {

    private static final List<String> HEADERS = List.of("timestamp,price,amount", "date,price,amount");

    private final long periodMillis;
    private final List<Bar> bars = new ArrayList<>();
    private long lastTime = Long.MIN_VALUE;
    private long start = Long.MIN_VALUE;
    private double open;
    private double high;
    private double low;
    private double close;
    private double volume;

    private TradesCsv(Duration period) {
        this.periodMillis = period.toMillis();
    }

    static Bars aggregate(Path file, String name, Duration period) throws MarketDataException {
        TradesCsv reader = new TradesCsv(period);
        CsvTable.read(file, name, HEADERS, reader::row);
        return BarsLoader.checked(name, reader.bars);
    }

    private void row(CsvTable.Row row) {
        long time = row.time(0);
        double price = row.price(1, "price");
        double amount = row.quantity(2, "amount");
        if (!row.usable()) {
            return;
        }
        if (time < lastTime) {
            row.refuse("time " + Instant.ofEpochMilli(time) + " is before the row above; sort the rows, oldest first");
            return;
        }
        lastTime = time;
        long period = Math.floorDiv(time, periodMillis) * periodMillis;
        if (period != start) {
            finish();
            start = period;
            open = price;
            high = price;
            low = price;
            volume = 0;
        }
        high = Math.max(high, price);
        low = Math.min(low, price);
        close = price;
        volume += amount;
    }

    private void finish() {
        if (start != Long.MIN_VALUE) {
            bars.add(new Bar(Instant.ofEpochMilli(start), open, high, low, close, volume));
        }
    }
}
