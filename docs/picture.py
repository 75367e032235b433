#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Draws the README's picture from a run's tables.

usage: docs/picture.py CSV_FOLDER OUT.svg

CSV_FOLDER is what `crowdout run WORLD --csv CSV_FOLDER` wrote. Above, prices as a share of the
opening's, in per cent; below, what was paid for AI capex in each 30 days. Needs Debian's
python3-matplotlib. The same tables give the same file, byte for byte.
"""
import csv
import datetime
import pathlib
import sys

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot  # noqa: E402  (the back end is chosen first)

SHOWN = {  # instrument: colour; the palette of Okabe and Ito (2008), which the colour-blind can read
    "BTC": "#e69f00",
    "ETH": "#d55e00",
    "NVDA": "#009e73",
    "HYPER": "#0072b2",
    "SAAS": "#cc79a7",
    "NDREST": "#56b4e9",
    "IG": "#999999",
    "UST10": "#000000",
}
MONTH_DAYS = 30
LABEL_GAP = 0.05  # of the axis, between two labels


def read_prices(folder: pathlib.Path) -> tuple[list[float], dict[str, list[float]]]:
    """Days since the opening, and the mids of each instrument at each midnight (UTC)."""
    start = None
    days: list[float] = []
    mids: dict[str, list[float]] = {}
    with open(folder / "prices.csv", newline="", encoding="utf-8") as table:
        for row in csv.DictReader(table):
            time = datetime.datetime.fromisoformat(row["time"].replace("Z", ""))
            if start is None:
                start = time.replace(hour=0, minute=0, second=0, microsecond=0)
            is_first = row["instrument"] not in mids
            if not is_first and "T" in row["time"]:  # midnights are written as a bare date
                continue
            day = (time - start) / datetime.timedelta(days=1)
            if not days or days[-1] != day:
                days.append(day)
            mids.setdefault(row["instrument"], []).append(float(row["mid"]))
    return days, mids


def read_capex(folder: pathlib.Path) -> list[float]:
    """Dollars paid for AI capex in each whole month of 30 days."""
    start = None
    months: list[float] = []
    with open(folder / "flows.csv", newline="", encoding="utf-8") as table:
        for row in csv.DictReader(table):
            time = datetime.datetime.fromisoformat(row["time"].replace("Z", ""))
            if start is None:
                start = time.replace(hour=0, minute=0, second=0, microsecond=0)
            if row["reason"] != "capex":
                continue
            # A row is the flow of the step that ends at its time.
            before_end = time - start - datetime.timedelta(microseconds=1)
            month = before_end // datetime.timedelta(days=MONTH_DAYS)
            months.extend([0.0] * (month + 1 - len(months)))
            months[month] += float(row["usd"])
    return months


def push_apart(wanted: dict[str, float], gap: float) -> dict[str, float]:
    """Moves labels that would overlap away from each other, as little as it takes."""
    names = sorted(wanted, key=lambda each: wanted[each])
    at = [wanted[name] for name in names]
    for _ in range(200):  # each round halves the overlaps; 200 is plenty for a dozen labels
        for i in range(len(at) - 1):
            overlap = gap - (at[i + 1] - at[i])
            if overlap > 0:
                at[i] -= overlap / 2
                at[i + 1] += overlap / 2
    return dict(zip(names, at))


def draw(folder: pathlib.Path, out: pathlib.Path) -> None:
    matplotlib.rcParams.update({"svg.hashsalt": "crowdout", "svg.fonttype": "none",
                                "font.family": "sans-serif", "font.size": 10,
                                "axes.spines.top": False, "axes.spines.right": False})
    days, mids = read_prices(folder)
    capex = read_capex(folder)
    figure, (above, below) = pyplot.subplots(
        2, 1, figsize=(8.4, 5.6), sharex=True, gridspec_kw={"height_ratios": [3, 1]})

    shown = {name: [100 * mid / mids[name][0] for mid in mids[name]]
             for name in SHOWN if name in mids}
    for name, series in shown.items():
        above.plot(days, series, color=SHOWN[name], linewidth=1.2)
    low, high = above.get_ylim()
    labels = push_apart({name: series[-1] for name, series in shown.items()},
                        LABEL_GAP * (high - low))
    for name in shown:
        above.annotate(name, (days[-1], labels[name]), xytext=(6, 0), textcoords="offset points",
                       color=SHOWN[name], va="center", annotation_clip=False)
    above.axhline(100, color="#cccccc", linewidth=0.8, zorder=0)
    above.set_title("Prices, opening = 100", loc="left", fontsize=11)

    centres = [MONTH_DAYS * (month + 0.5) for month in range(len(capex))]
    below.bar(centres, [usd / 1e9 for usd in capex], width=0.8 * MONTH_DAYS, color="#4d4d4d")
    for centre, usd in zip(centres, capex):
        below.annotate(f"{usd / 1e9:.0f}", (centre, usd / 1e9), xytext=(0, 2),
                       textcoords="offset points", ha="center", fontsize=9)
    below.set_title("AI capex paid in 30 days, $ billion", loc="left", fontsize=11)
    below.set_xlabel("days since the opening")
    below.set_xticks(range(0, MONTH_DAYS * len(capex) + 1, MONTH_DAYS))
    below.set_xlim(0, max(days))

    figure.tight_layout()
    figure.subplots_adjust(right=0.9)
    figure.savefig(out, metadata={"Date": None})


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    draw(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
