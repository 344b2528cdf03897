package io.strategysandbox.core.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strategysandbox.core.strategy.Manifest.DataSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
            2020-01-03,2,2,1,0.5,1 | outside low
            2020-01-03,1,2,1,2.5,1 | outside low
            2020-01-03,1,Infinity,1,1,1 | high is 'Infinity'
            2020-01-03,1,1e309,1,1,1 | high is '1e309'
            2020-01-03,1,1e308,1,1,1 | high is 1e308; a price must lie within
            2020-01-03,1,2,1e-320,1,1 | low is 1e-320; a price must lie within
            2020-01-03,1,2,1,1,1e308 | volume is 1e308; it must be at most
            2020-01-03,1,2,1,1,NaN | volume is 'NaN'
            2020-01-03,1,2,1,1,    | volume is ''
            2020-01-03,1,2,1,1,1,7 | has 7 columns instead of 6
            2020-01-03,"1",2,1,1,1 | open is '"1"'
            2020-01-03,0x1p3,2,1,1,1 | open is '0x1p3'
            2020-01-03,1_0,2,1,1,1 | open is '1_0'
            2020-01-03;1;2;1;1;1   | has 1 columns instead of 6
            03/01/2020,1,2,1,1,1   | time is '03/01/2020'
            2020-01-03T00:00,1,2,1,1,1 | time is '2020-01-03T00:00'
            -5,1,2,1,1,1           | time is '-5'
            +1000000000-12-31T23:59:59Z,1,2,1,1,1 | time is '+1000000000
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
    void readsByteOrderMarksBlanksAndSpacedHeaders() throws Exception {
        write(
                "bom.csv",
                "\uFEFFTimestamp, Open, High, Low, Close, Volume\r\n\r\n0, 1, 2, 0.5, 1.5, 1\r\n 60,1,2,.5,1e0,0\r\n");
        assertThat(load("bom.csv").size()).isEqualTo(2);
        assertThat(load("bom.csv").period()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void refusesHeadersThatAreMissingQuotedOrWider() throws Exception {
        write("none.csv", "2020-01-01,1,2,1,1,1\n2020-01-02,1,2,1,1,1\n");
        write("quoted.csv", "\"date\",\"open\",\"high\",\"low\",\"close\",\"volume\"\n");
        write("wider.csv", "date,open,high,low,close,volume,adjusted\n");
        write("one.csv", HEADER + "2020-01-01,1,2,1,1,1\n");
        for (String file : List.of("none.csv", "quoted.csv", "wider.csv")) {
            assertThatThrownBy(() -> load(file))
                    .hasMessageContaining(file + ":1: ")
                    .hasMessageContaining("it must be 'date,");
        }
        assertThatThrownBy(() -> load("one.csv")).hasMessageContaining("makes 1 bar");
    }

    @Test
    void listsSeveralProblemsButNotAllOfAHopelessFile() throws Exception {
        write("bad.csv", HEADER + "2020-01-02,0,2,1,1,1\n".repeat(1_000));
        assertThatThrownBy(() -> load("bad.csv"))
                .isInstanceOfSatisfying(
                        MarketDataException.class,
                        e -> assertThat(e.problems())
                                .hasSizeBetween(2, 30)
                                .extracting(problem -> problem.line())
                                .startsWith(2, 3));
    }

    @Test
    void showsNoControlCharactersOfAFile() throws Exception {
        write("bad.csv", HEADER + "2020-01-02,\u001B[31m,2,1,1,1\n\u001B[2J\n");
        assertThatThrownBy(() -> load("bad.csv"))
                .hasMessageContaining("open is '?[31m'")
                .hasMessageNotContaining("\u001B");
    }

    @Test
    void readsNoMoreThanFits() throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("huge.csv").toFile(), "rw")) {
            file.setLength((64L << 20) + 1);
        }
        write("line.csv", HEADER + "x".repeat(5_000_000) + "\n");
        assertThatThrownBy(() -> load("huge.csv")).hasMessageContaining("at most 67108864 are read");
        assertThatThrownBy(() -> load("line.csv"))
                .hasMessageContaining("line.csv:2: ")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
    }

    @Test
    void staysInsideTheFolder() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path secret = Files.writeString(
                outside.resolve("secret.csv"), HEADER + "2020-01-01,1,2,1,1,1\n2020-01-02,1,2,1,1,1\n");
        Files.createSymbolicLink(inside.resolve("link.csv"), secret);
        Files.createSymbolicLink(inside.resolve("up"), outside);
        Files.createSymbolicLink(inside.resolve("loop.csv"), inside.resolve("loop.csv"));
        BarsLoader loader = new BarsLoader(inside);
        for (String name : List.of("link.csv", "up/secret.csv", "../outside/secret.csv", secret.toString())) {
            assertThatThrownBy(() -> loader.load(new DataSource(name, Optional.empty())))
                    .as(name)
                    .isInstanceOf(MarketDataException.class)
                    .hasMessageContaining("lies outside the data folder");
        }
        for (String name : List.of("loop.csv", ".", "a\0b", "\uD800.csv")) {
            assertThatThrownBy(() -> loader.load(new DataSource(name, Optional.empty())))
                    .as(name)
                    .isInstanceOf(MarketDataException.class);
        }
    }

    @Test
    void refusesTradesThatCannotBe() throws Exception {
        String header = "timestamp,price,amount\n";
        for (String[] row : new String[][] {
            {"5,1,1", "is before the row above"},
            {"20,0,1", "a price must be above zero"},
            {"20,NaN,1", "price is 'NaN'"},
            {"20,1,-1", "amount is -1"},
            {"20,1,1e308", "amount is 1e308; it must be at most"},
            {"20,1", "has 2 columns instead of 3"},
        }) {
            write("t.csv", header + "10,1,1\n" + row[0] + "\n");
            assertThatThrownBy(() ->
                            new BarsLoader(folder).load(new DataSource("t.csv", Optional.of(Duration.ofSeconds(1)))))
                    .isInstanceOf(MarketDataException.class)
                    .hasMessageContaining("t.csv:3: ")
                    .hasMessageContaining(row[1]);
        }
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
