import io.strategysandbox.api.TradingStrategy;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import org.ta4j.core.BarSeries;

public class FormulaStrategy implements TradingStrategy {
    private final ScriptEngine formulas = new ScriptEngineManager().getEngineByName("javascript");

    @Override
    public double onBar(BarSeries history) {
        try {
            formulas.put("close", history.getLastBar().getClosePrice().doubleValue());
            formulas.put("open", history.getLastBar().getOpenPrice().doubleValue());
            return ((Number) formulas.eval("close > open ? 1 : 0")).doubleValue();
        } catch (Exception e) {
            return 0;
        }
    }
}
