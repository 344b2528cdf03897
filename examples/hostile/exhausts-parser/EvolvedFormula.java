import io.strategysandbox.api.TradingStrategy;
import org.ta4j.core.BarSeries;

public class EvolvedFormula implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        double c = history.getLastBar().getClosePrice().doubleValue();
        double fitness =
                abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(
                        abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(
                        abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(
                        abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(
                        abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(
                        abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(
                        abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(
                        abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(
                        abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(
                        abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(
                        abs(abs(abs(abs(abs(abs(abs(abs(c - 1) - 5) - 9) - 2) - 6) - 10) - 3) - 7) - 11)
                        - 4) - 8) - 1) - 5) - 9) - 2) - 6) - 10) - 3) - 7) - 11) - 4) - 8) - 1) - 5) - 9)
                        - 2) - 6) - 10) - 3) - 7) - 11) - 4) - 8) - 1) - 5) - 9) - 2) - 6) - 10) - 3) - 7)
                        - 11) - 4) - 8) - 1) - 5) - 9) - 2) - 6) - 10) - 3) - 7) - 11) - 4) - 8) - 1) - 5)
                        - 9) - 2) - 6) - 10) - 3) - 7) - 11) - 4) - 8) - 1) - 5) - 9) - 2) - 6) - 10) - 3)
                        - 7) - 11) - 4) - 8) - 1) - 5) - 9) - 2) - 6) - 10) - 3) - 7) - 11) - 4) - 8) - 1)
                        - 5) - 9) - 2) - 6) - 10) - 3) - 7) - 11) - 4) - 8) - 1) - 5) - 9) - 2) - 6) - 10)
                        - 3) - 7) - 11) - 4) - 8) - 1) - 5) - 9) - 2) - 6) - 10) - 3) - 7) - 11) - 4) - 8)
                        - 1) - 5) - 9) - 2) - 6) - 10) - 3) - 7) - 11) - 4) - 8) - 1) - 5) - 9) - 2) - 6)
                        - 10) - 3) - 7) - 11) - 4) - 8) - 1) - 5) - 9) - 2) - 6) - 10) - 3) - 7) - 11) - 4)
                        - 8) - 1) - 5) - 9) - 2) - 6) - 10) - 3) - 7) - 11) - 4) - 8) - 1) - 5) - 9) - 2)
                        - 6) - 10) - 3) - 7) - 11) - 4) - 8) - 1) - 5) - 9) - 2) - 6) - 10) - 3) - 7) - 11)
                        - 4) - 8) - 1) - 5) - 9) - 2) - 6) - 10) - 3) - 7) - 11) - 4) - 8) - 1) - 5) - 9)
                        - 2) - 6) - 10) - 3) - 7) - 11) - 4) - 8) - 1);
        return fitness > 5 ? 1 : 0;
    }

    private static double abs(double value) {
        return value < 0 ? -value : value;
    }
}
