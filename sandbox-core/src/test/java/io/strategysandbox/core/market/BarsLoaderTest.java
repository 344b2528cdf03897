package io.strategysandbox.core.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strategysandbox.core.strategy.Manifest.DataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarsLoaderTest {

    private static final String HEADER = "date,open,high,low,close,volume\n";

    @TempDir
    Path folder;

    @Test
    void readsDatesInstantsAndSeconds() throws Exception {
        write("d.csv", HEADER + "2020-01-01,1,2,0.5,1.5,10\r\n2020-01-02,1,2,0.5,1.5,0\r\n");
        write("t.csv", HEADER + "2020-01-01T00:00:00Z,1,2,0.5,1.5,10\n1577923200,1,2,0.5,1.5,0\n");
        Bars dates = load("d.csv");
        assertThat(dates.epochMillis(1))
                .isEqualTo(1577923200000L)
                .isEqualTo(load("t.csv").epochMillis(1));
        assertThat(dates.period()).isEqualTo(Duration.ofDays(1));
        assertThat(dates.close(0)).isEqualTo(1.5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2020-01-02,1,2,1,1,1   | stands twice
            2020-01-01,1,2,1,1,1   | is before the row above
            2020-01-03,1,1,2,1,1   | high 1.0 is below low 2.0
            2020-01-03,3,2,1,1,1   | outside low
            2020-01-03,NaN,2,1,1,1 | open is 'NaN'
            2020-01-03,0,2,0,1,1   | a price must be above zero
            2020-01-03,-1,2,1,1,1  | a price must be above zero
            2020-01-03,1,2,1,1,-1  | volume is -1
            2020-01-03,1,2,1,1     | has 5 columns instead of 6
            2020-01-03,1,2,1,1d,1  | close is '1d'
            2020-13-03,1,2,1,1,1   | time is '2020-13-03'
            1577923200000,1,2,1,1,1 | looks like milliseconds
            """)
    void refusesWithLineAndValue(String row, String message) throws Exception {
        write("bad.csv", HEADER + "2020-01-02,1,2,1,1,1\n" + row + "\n");
        assertThatThrownBy(() -> load("bad.csv"))
                .isInstanceOf(MarketDataException.class)
                .hasMessageContaining("bad.csv:3: ")
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatIsNoTable() throws Exception {
        write("empty.csv", "");
        write("header.csv", HEADER);
        write("other.csv", "a,b\n1,2\n");
        Files.write(folder.resolve("latin.csv"), new byte[] {'d', (byte) 0xE9});
        assertThatThrownBy(() -> load("empty.csv")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> load("header.csv")).hasMessageContaining("no row");
        assertThatThrownBy(() -> load("other.csv")).hasMessageContaining("has the header 'a,b'");
        assertThatThrownBy(() -> load("latin.csv")).hasMessageContaining("not valid UTF-8");
        assertThatThrownBy(() -> load("absent.csv")).hasMessageContaining("there are: empty.csv, header.csv");
    }

    @Test
    void makesBarsOfTradesAndDropsTheLastPeriod() throws Exception {
        write(
                "trades.csv",
                "timestamp,price,amount\n3600,10,1\n3700,12,2\n7199,11,1\n10800,20,1\n10801,21,1\n14400,9,9\n");
        Bars bars = new BarsLoader(folder).load(new DataSource("trades.csv", Optional.of(Duration.ofHours(1))));
        assertThat(bars.size()).isEqualTo(2);
        assertThat(bars.epochMillis(0)).isEqualTo(3_600_000);
        assertThat(new double[] {bars.open(0), bars.high(0), bars.low(0), bars.close(0), bars.volume(0)})
                .containsExactly(10, 12, 10, 11, 4);
        assertThat(bars.epochMillis(1)).isEqualTo(10_800_000);
    }

    private Bars load(String file) throws MarketDataException {
        return new BarsLoader(folder).load(new DataSource(file, Optional.empty()));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
