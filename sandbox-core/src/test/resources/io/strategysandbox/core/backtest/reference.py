"""Runs backtesting.py over real bars and records what it says, for ReferenceTest to compare the ledger with.

    python3 reference.py appleinc_bars_from_20130101_usd.csv reference.json

The bars are in org.ta4j:ta4j-examples:0.15. README.md beside this file says more.
"""
import json
import math
import random
import sys
import warnings

import backtesting
import numpy
import pandas
from backtesting import Backtest, Strategy
from backtesting.lib import FractionalBacktest

FRACTION = 1e-10  # the smallest part of a share that the fractional cases trade


def read_bars(path):
    bars = pandas.read_csv(path, index_col="date", parse_dates=True)
    bars.columns = [name.capitalize() for name in bars.columns]
    return bars


def spaced(bars, hours):
    """The same prices at other times."""
    moved = bars.copy()
    moved.index = pandas.date_range(bars.index[0], periods=len(bars), freq=pandas.Timedelta(hours=hours))
    return moved


def steepened(bars):
    """Each price to the fourth power, in units of a hundred: enough to ruin a short."""
    steep = bars.copy()
    for name in ("Open", "High", "Low", "Close"):
        squared = (bars[name] / 100) * (bars[name] / 100)
        steep[name] = squared * squared
    return steep


def crossover(bars, fast, slow, below):
    """1 while the fast mean of the closes is above the slow one, else `below`; 0 until both exist."""
    quick, calm = bars.Close.rolling(fast).mean(), bars.Close.rolling(slow).mean()
    return [0.0 if math.isnan(c) else 1.0 if q > c else below for q, c in zip(quick, calm)]


def alternating(size, seed, choices):
    """Random targets that never move from one to another of the same side without the other side or flat between."""
    chance, targets = random.Random(seed), [0.0]
    while len(targets) < size:
        side = numpy.sign(targets[-1])
        target = chance.choice([c for c in choices if c == 0 or numpy.sign(c) != side])
        targets += [target] * chance.randint(1, 9)
    return settled(targets[:size])


def wandering(size, seed, choices):
    chance, targets = random.Random(seed), [0.0]
    while len(targets) < size:
        targets += [chance.choice(choices)] * chance.randint(1, 6)
    return settled(targets[:size])


def settled(targets):
    """No change at the end: backtesting.py would still fill it when it finalizes."""
    return targets[:-3] + [targets[-3]] * 3


def share(strategy, target, bar):
    """Closes all, then lets backtesting.py size the order from what is left."""
    strategy.position.close()
    if target:
        order = strategy.buy if target > 0 else strategy.sell
        order() if abs(target) == 1 else order(size=abs(target))


def fixed(units):
    """Moves to `target * units` with orders of a given size."""
    def move(strategy, target, bar):
        move_to(strategy, int(target * units))
    return move


def rebalanced(commission):
    """Moves to the target's share of the equity at the next open; backtesting.py itself has no such order."""
    def move(strategy, target, bar):
        next_open, held = strategy.opens[bar + 1], strategy.position.size
        equity = strategy.equity + held * (next_open - strategy.data.Close[-1])
        if held * target < 0:
            equity -= abs(held) * next_open * commission
        wanted = int(abs(target) * equity / (next_open * (1 + commission)))
        move_to(strategy, int(math.copysign(wanted, target)))
    return move


def move_to(strategy, wanted):
    held = strategy.position.size
    if held * wanted < 0:
        strategy.position.close()
        held = 0
    if wanted > held:
        strategy.buy(size=wanted - held)
    elif wanted < held:
        strategy.sell(size=held - wanted)


def slippage_as_commission(rate):
    return lambda size, price: abs(size) * price * rate


def follow(bars, targets, move, fractional, cash, too_dear, **options):
    opens = (bars.Open * FRACTION if fractional else bars.Open).values

    class Follower(Strategy):
        def init(self):
            self.opens = opens
            self.previous = 0.0

        def next(self):
            bar = len(self.data) - 1
            if targets[bar] != self.previous and bar + 1 < len(targets):
                move(self, targets[bar], bar)
            self.previous = targets[bar]

    kind = FractionalBacktest if fractional else Backtest
    more = {"fractional_unit": FRACTION} if fractional else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if not too_dear:
            # Without the order the numbers would be those of other decisions.
            warnings.filterwarnings("error", message=".*canceled the")
        return kind(bars, Follower, cash=cash, **more, **options).run()


def number(value):
    value = float(value)
    return value if math.isfinite(value) else None


def metrics(stats):
    duration = stats["Max. Drawdown Duration"]
    percent = {
        "return": "Return [%]", "buyAndHoldReturn": "Buy & Hold Return [%]", "cagr": "CAGR [%]",
        "annualReturn": "Return (Ann.) [%]", "volatility": "Volatility (Ann.) [%]", "exposure": "Exposure Time [%]",
        "winRate": "Win Rate [%]", "bestTrade": "Best Trade [%]", "worstTrade": "Worst Trade [%]",
        "averageTrade": "Avg. Trade [%]", "expectancy": "Expectancy [%]"}
    plain = {
        "finalEquity": "Equity Final [$]", "sharpe": "Sharpe Ratio", "sortino": "Sortino Ratio",
        "calmar": "Calmar Ratio", "trades": "# Trades", "profitFactor": "Profit Factor", "sqn": "SQN"}
    result = {ours: number(stats[theirs] / 100) for ours, theirs in percent.items()}
    result |= {ours: number(stats[theirs]) for ours, theirs in plain.items()}
    result["maxDrawdown"] = number(-stats["Max. Drawdown [%]"] / 100)
    days = duration / pandas.Timedelta(days=1) if isinstance(duration, pandas.Timedelta) else math.nan
    result["maxDrawdownDays"] = number(days)
    result["fees"] = number(stats.get("Commissions [$]", 0.0))
    return result


def trades(stats):
    rows = stats["_trades"].sort_values(["ExitBar", "EntryBar"], kind="stable")
    return [
        [number(t.Size), int(t.EntryBar), int(t.ExitBar), number(t.EntryPrice), number(t.ExitPrice),
         number(t.PnL), number(t.ReturnPct), number(t.Commission)]
        for t in rows.itertuples()]


def main(source, destination):
    daily = read_bars(source)
    size = len(daily)
    trend = settled(crossover(daily, 5, 20, 0.0))
    reversal = settled(crossover(daily, 10, 30, -1.0))
    parts = alternating(size, 11, [0.0, 0.3, 0.75, 1.0, -0.25, -0.6, -1.0])
    steps = wandering(size, 12, [-1.0, -0.5, 0.0, 0.5, 1.0])
    shares = wandering(size, 13, [-0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75])
    entered = [0.0] * 9 + [1.0] * (size - 9)
    ruinous = [0.0] * 120 + [-1.0] * 60 + [1.0] * (size - 180)

    def case(name, targets, sizing, *, bars="daily", units=0, cash=10_000.0, commission=0.0, slippage=0.0,
             spread=0.0, close_at_end=False, too_dear=False):
        data = {"daily": daily, "sixHours": spaced(daily, 6), "weekly": spaced(daily, 168),
                "steep": steepened(daily)}[bars]
        move = {"units": fixed(units), "rebalanced": rebalanced(commission)}.get(sizing, share)
        charged = slippage_as_commission(slippage) if slippage else commission
        stats = follow(data, targets, move, sizing in ("equity", "rebalanced"), cash, too_dear,
                       commission=charged, spread=spread, finalize_trades=close_at_end)
        return {
            "name": name, "bars": bars, "sizing": "equity" if sizing == "rebalanced" else sizing, "units": units,
            "cash": cash, "commission": commission, "slippageBps": (slippage or spread) * 10_000,
            "slippageIs": "commission" if slippage else "spread" if spread else "none",
            "closeAtEnd": close_at_end, "targets": targets, "metrics": metrics(stats), "trades": trades(stats),
            "equity": [number(value) for value in stats["_equity_curve"]["Equity"]]}

    cases = [
        case("nothing", [0.0] * size, "whole"),
        case("long-whole-free", trend, "whole"),
        case("long-whole-commission", trend, "whole", commission=0.001),
        case("long-whole-commission-closed", trend, "whole", commission=0.001, close_at_end=True),
        case("long-whole-too-dear", trend, "whole", cash=460.0, too_dear=True),
        case("reversal-whole-commission", reversal, "whole", commission=0.001, close_at_end=True),
        case("reversal-equity-free", reversal, "equity", close_at_end=True),
        case("reversal-equity-commission", reversal, "equity", commission=0.001),
        case("reversal-equity-commission-closed", reversal, "equity", commission=0.001, close_at_end=True),
        case("parts-equity-free", parts, "equity", close_at_end=True),
        case("parts-equity-commission", parts, "equity", commission=0.001, close_at_end=True),
        case("parts-whole-commission", parts, "whole", commission=0.001, close_at_end=True),
        case("rebalanced-equity-free", shares, "rebalanced", close_at_end=True),
        case("rebalanced-equity-commission", shares, "rebalanced", commission=0.001, close_at_end=True),
        case("units-free", steps, "units", units=10, close_at_end=True),
        case("units-commission", steps, "units", units=10, commission=0.001, close_at_end=True),
        case("slippage-equity", reversal, "equity", slippage=0.002, close_at_end=True),
        case("slippage-whole", parts, "whole", slippage=0.002, close_at_end=True),
        case("spread-long-held", entered, "units", units=10, commission=0.001, spread=0.0005),
        case("spread-short-held", [-t for t in entered], "units", units=10, commission=0.001, spread=0.0005),
        case("six-hours", reversal, "equity", bars="sixHours", commission=0.001, close_at_end=True),
        case("weekly", reversal, "equity", bars="weekly", commission=0.001, close_at_end=True),
        case("ruin", ruinous, "equity", bars="steep", commission=0.001),
    ]
    document = {
        "producedBy": {"backtesting": backtesting.__version__, "numpy": numpy.__version__,
                       "pandas": pandas.__version__, "python": sys.version.split()[0]},
        "tradeColumns": ["size", "entryBar", "exitBar", "entryPrice", "exitPrice", "profit", "return", "fees"],
        "cases": cases}
    with open(destination, "w", encoding="utf-8") as out:
        out.write(one_line_per_list(document))


def one_line_per_list(document):
    lines = []
    for case in document["cases"]:
        fields = [f'      {json.dumps(key)}: {json.dumps(value, allow_nan=False)}' for key, value in case.items()]
        lines.append("    {\n" + ",\n".join(fields) + "\n    }")
    head = ",\n".join(f'  {json.dumps(key)}: {json.dumps(document[key])}' for key in ("producedBy", "tradeColumns"))
    return "{\n" + head + ',\n  "cases": [\n' + ",\n".join(lines) + "\n  ]\n}\n"


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
