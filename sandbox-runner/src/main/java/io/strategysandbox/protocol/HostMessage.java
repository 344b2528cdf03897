package io.strategysandbox.protocol;

import io.strategysandbox.api.Parameters;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a host says to a runner: one job, then bars, then the end, then farewell. */
public sealed interface HostMessage {

    /** What to run. */
    final class Job implements HostMessage {
        private final byte[] key;
        private final String entry;
        private final boolean sellShort;
        private final Parameters parameters;
        private final long barPeriodMillis;
        private final long outputLimitBytes;
        private final Map<String, byte[]> classes;

        /**
         * A job.
         *
         * @param key the key of the runner's tags, {@value Wire#KEY_BYTES} random bytes; copied
         * @param entry the entry class's binary name
         * @param sellShort whether entering, in the ta4j form, means selling short
         * @param parameters the strategy's parameters
         * @param barPeriodMillis the length of a bar, in milliseconds, above zero
         * @param outputLimitBytes what the strategy may print, in bytes
         * @param classes binary name to class file; the arrays are not copied
         * @throws IllegalArgumentException if the key or the period is impossible
         */
        public Job(
                byte[] key,
                String entry,
                boolean sellShort,
                Parameters parameters,
                long barPeriodMillis,
                long outputLimitBytes,
                Map<String, byte[]> classes) {
            if (key.length != Wire.KEY_BYTES || barPeriodMillis <= 0) {
                throw new IllegalArgumentException(
                        "a key of " + key.length + " bytes, a bar period of " + barPeriodMillis + " ms");
            }
            this.key = key.clone();
            this.entry = entry;
            this.sellShort = sellShort;
            this.parameters = parameters;
            this.barPeriodMillis = barPeriodMillis;
            this.outputLimitBytes = outputLimitBytes;
            this.classes = Collections.unmodifiableMap(new TreeMap<>(classes));
        }

        /** {@return a copy of the key of the runner's tags} */
        public byte[] key() {
            return key.clone();
        }

        /** {@return the entry class's binary name} */
        public String entry() {
            return entry;
        }

        /** {@return whether entering, in the ta4j form, means selling short} */
        public boolean sellShort() {
            return sellShort;
        }

        /** {@return the strategy's parameters} */
        public Parameters parameters() {
            return parameters;
        }

        /** {@return the length of a bar, in milliseconds} */
        public long barPeriodMillis() {
            return barPeriodMillis;
        }

        /** {@return what the strategy may print, in bytes} */
        public long outputLimitBytes() {
            return outputLimitBytes;
        }

        /** {@return binary name to class file, sorted by name, unmodifiable} */
        public Map<String, byte[]> classes() {
            return classes;
        }
    }

    /** Some bars, oldest first. All arrays have the same length, one to {@value Wire#MAX_BATCH_BARS}. */
    final class BarBatch implements HostMessage {
        private final int firstIndex;
        private final long[] epochMillis;
        private final double[][] columns;

        /**
         * A batch without content; {@link #set} fills it.
         *
         * @param firstIndex the index of the first bar, zero or more
         * @param size the number of bars
         * @throws IllegalArgumentException if there can be no such batch
         */
        public BarBatch(int firstIndex, int size) {
            if (firstIndex < 0 || size < 1 || size > Wire.MAX_BATCH_BARS) {
                throw new IllegalArgumentException(size + " bars from " + firstIndex);
            }
            this.firstIndex = firstIndex;
            this.epochMillis = new long[size];
            this.columns = new double[size][5];
        }

        /**
         * Sets a bar.
         *
         * @param i its place in the batch, from 0
         * @param time its time, in milliseconds since 1970-01-01T00:00Z
         * @param open first price
         * @param high highest price
         * @param low lowest price
         * @param close last price
         * @param volume traded quantity
         */
        public void set(int i, long time, double open, double high, double low, double close, double volume) {
            epochMillis[i] = time;
            columns[i] = new double[] {open, high, low, close, volume};
        }

        /** {@return the index of the first bar} */
        public int firstIndex() {
            return firstIndex;
        }

        /** {@return the number of bars} */
        public int size() {
            return epochMillis.length;
        }

        /**
         * A bar's time.
         *
         * @param i its place in the batch, from 0
         * @return milliseconds since 1970-01-01T00:00Z
         */
        public long epochMillis(int i) {
            return epochMillis[i];
        }

        /**
         * A bar's figures.
         *
         * @param i its place in the batch, from 0
         * @return a copy: open, high, low, close, volume
         */
        public double[] figures(int i) {
            return columns[i].clone();
        }
    }

    /** There are no more bars. */
    record End() implements HostMessage {}

    /** The host has what it wanted; the runner may go. */
    record Farewell() implements HostMessage {}
}
