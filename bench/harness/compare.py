"""Ours against the best of the peers: the bars."""

import math
from dataclasses import dataclass

from load import median


@dataclass(frozen=True)
class BarRow:
    ours: str
    peer: str
    """The best of those asked for."""
    ratio: float
    at_least: float
    measure: str


def bar_rows(key, part):
    """Those that all who take part were measured for."""
    if key == "idle":
        return _idle(part)
    return [row for bar in part.get("bars", []) for row in _rates(part["servers"], bar)]


def _rates(rows, bar):
    names = (bar["ours"], *bar["peers"])
    if not all(name in rows and rows[name]["slices"] and not rows[name]["failed"] for name in names):
        return []
    measure = bar["measure"]
    ratio = _by_round(rows, bar["ours"], bar["peers"], measure)
    best = max(bar["peers"], key=lambda peer: _by_round(rows, peer, bar["peers"], measure))
    return [BarRow(rows[bar["ours"]]["name"], rows[best]["name"], ratio, bar["at_least"], measure)]


def _by_round(rows, ours, peers, measure):
    """The median of the ratios within each round, of more to less where less is better."""
    better, sign = (min, -1) if measure == "p99_millis" else (max, 1)
    rounds = zip(rows[ours]["slices"], *(rows[peer]["slices"] for peer in peers))
    pairs = [(us[measure], better(peer[measure] for peer in them)) for us, *them in rounds]
    return median([(us / them) ** sign if us and them else math.nan for us, them in pairs])


def _idle(part):
    """The connection of ours that needs most against that peer's that needs least."""
    measured = [row for row in part["servers"].values() if not row["failed"]]
    ours = [row for row in measured if row["ours"]]
    peers = [row for row in measured if not row["ours"]]
    if not ours or not peers:
        return []
    return [_idle_bar(ours, peers, when) for when in ("first", "later")]


def _idle_bar(ours, peers, when):
    most, least = max(ours, key=lambda row: row[when]), min(peers, key=lambda row: row[when])
    ratio = max(least[when], 1) / max(most[when], 1)
    return BarRow(most["name"], least["name"], ratio, 1.0, when)
