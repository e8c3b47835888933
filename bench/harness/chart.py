"""What was measured, as one picture: a panel for each load, a bar for each server."""

import math
from xml.sax.saxutils import escape

from compare import bar_rows
from load import median

COLUMN, GAP, MARGIN = 530, 30, 20
LABELS, FIGURES = 192, 168
BARS = COLUMN - LABELS - FIGURES
ROW, BAR, TITLE, FOOT = 22, 14, 50, 18
NAME_LETTERS_MAX = 28

STYLE = """
  text { font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #3d444d; }
  .title { font-size: 14px; font-weight: 600; fill: #1f2328; }
  .unit { font-size: 11px; fill: #59636e; }
  .ours { fill: #1a7f5a; }
  .peer { fill: #b3bcc6; }
  .strong { font-weight: 600; fill: #1f2328; }
  .none { font-style: italic; fill: #59636e; }
  @media (prefers-color-scheme: dark) {
    text { fill: #c3cad2; }
    .title, .strong { fill: #f0f3f6; }
    .unit, .none { fill: #9198a1; }
    .ours { fill: #3fb68b; }
    .peer { fill: #58626d; }
  }
"""
SHORT = ((" --no-defer-accept", ", no defer"), (" --threads 8", ""), (" loop", ""), (", keep-alive", ""))


def svg(document):
    panels = [_panel(key, part) for key, part in document["parts"].items() if _drawn(key, part)]
    columns, heights = _balanced(panels)
    width = 2 * MARGIN + 2 * COLUMN + GAP if len(panels) > 1 else 2 * MARGIN + COLUMN
    height = max(heights) + 2 * MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" aria-label="Junicorn and its peers side by side">',
        f"<style>{STYLE}</style>",
    ]
    for number, column in enumerate(columns):
        y = MARGIN
        for title, unit, bars in column:
            lines += _drawing(MARGIN + number * (COLUMN + GAP), y, title, unit, bars)
            y += _height(bars)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _drawn(key, part):
    return "failed" not in part and (key == "idle" or "bars" in part)


def _panel(key, part):
    """Title, unit, and for each bar its name, whether it is ours, its value or none, and its ratio."""
    rows = part["servers"].values()
    ratios = _ratios(key, part)
    if key == "idle":
        values = [None if row["failed"] else row["later"] for row in rows]
        title = f"{part['connections']:,} idle connections"
        unit = "bytes of memory for each: less is better"
    else:
        values = [_rate(row) for row in rows]
        title = part["title"]
        unit = f"requests per CPU-second of the server, {part['connections']:,} connections"
    bars = [
        (_name(row["name"]), row["ours"], value, ratios.get(row["name"], ""))
        for row, value in zip(rows, values)
    ]
    return title, unit, bars


def _ratios(key, part):
    """By name of ours, to the best of the peers in its first bar; where more is better."""
    ratios = {}
    for bar in bar_rows(key, part):
        if bar.measure == "per_cpu_second" and not math.isnan(bar.ratio):
            ratios.setdefault(bar.ours, f" · {bar.ratio:.2f} × {bar.peer.split()[0]}")
    return ratios


def _rate(row):
    if row["failed"] or not row["slices"]:
        return None
    return median([each["per_cpu_second"] for each in row["slices"]])


def _name(name):
    for long, short in SHORT:
        name = name.replace(long, short)
    return name if len(name) <= NAME_LETTERS_MAX else name[: NAME_LETTERS_MAX - 1] + "…"


def _balanced(panels):
    """In their order, down the left column and then the right."""
    whole = sum(_height(bars) for _, _, bars in panels)
    columns, heights = ([], []), [0, 0]
    for panel in panels:
        height = _height(panel[2])
        number = 0 if not columns[1] and heights[0] + height / 2 <= whole / 2 else 1
        columns[number].append(panel)
        heights[number] += height
    return columns, heights


def _height(bars):
    return TITLE + ROW * len(bars) + FOOT


def _drawing(x, y, title, unit, bars):
    most = max((value for _, _, value, _ in bars if value), default=1)
    lines = [
        f'<text x="{x}" y="{y + 16}" class="title">{escape(title)}</text>',
        f'<text x="{x}" y="{y + 34}" class="unit">{escape(unit)}</text>',
    ]
    for number, (name, ours, value, ratio) in enumerate(bars):
        top = y + TITLE + ROW * number
        kind = "ours" if ours else "peer"
        base = top + BAR - 3
        strong = ' class="strong"' if ours else ""
        lines.append(
            f'<text x="{x + LABELS - 8}" y="{base}" text-anchor="end"{strong}>{escape(name)}</text>'
        )
        if value is None:
            lines.append(f'<text x="{x + LABELS}" y="{base}" class="none">not measured</text>')
            continue
        width = max(1.0, BARS * value / most)
        lines.append(
            f'<rect x="{x + LABELS}" y="{top}" width="{width:.1f}" height="{BAR}" rx="2" class="{kind}"/>'
        )
        lines.append(f'<text x="{x + LABELS + width + 6:.1f}" y="{base}"{strong}>{value:,.0f}{ratio}</text>')
    return lines
