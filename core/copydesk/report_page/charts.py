"""Draws bar charts as SVG that the page's style sheet colours."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from typing import Any

from copydesk.extra import import_extra

_WIDTH = 560  # the size is that of the drawing, which the page scales
_BAR = 26
_AXIS = 90  # margins and the numbers below
_HISTOGRAM = 260
_MOST = 12  # bars; the table has the others
_LONGEST = 22  # characters of a bar's name

Bars = Sequence[tuple[str, float]]
"""Names and numbers, from top to bottom or left to right."""


def draw_bars(title: str, bars: Bars, write: Callable[[float], str]) -> str:
    """Return lying bars as an SVG element, empty if there is nothing to show.

    `write` puts a number of the axis into words.
    """
    shown = _name_apart(bars[:_MOST])
    most = max((number for _, number in shown), default=0)
    if not most:
        return ""
    chart = import_extra("leather", "report").Chart()
    chart.add_bars([(number, name) for name, number in shown])
    chart.add_x_scale(0, most)
    _mark(chart.add_x_axis, write, whole=all(number == int(number) for _, number in shown))
    return _draw(chart, title, _BAR * len(shown) + _AXIS)


def draw_histogram(title: str, bars: Bars, write: Callable[[float], str]) -> str:
    """Return standing bars as an SVG element, empty if there is nothing to show."""
    most = max((number for _, number in bars), default=0)
    if not most:
        return ""
    chart = import_extra("leather", "report").Chart()
    chart.add_columns([(name, number) for name, number in bars])
    chart.add_y_scale(0, most)
    _mark(chart.add_y_axis, write, whole=True)
    return _draw(chart, title, _HISTOGRAM)


def _mark(add_axis: Callable[..., None], write: Callable[[float], str], *, whole: bool) -> None:
    def form(value: Any, *_: int) -> str:
        # There is no half document.
        return "" if whole and value != int(value) else write(float(value))

    add_axis(tick_formatter=form)


def _draw(chart: Any, title: str, height: int) -> str:
    svg = ET.Element("svg")
    svg.set("class", "chart")
    svg.set("viewBox", f"0 0 {_WIDTH} {height}")
    svg.set("role", "img")
    svg.set("aria-label", title)
    svg.append(chart.to_svg_group(_WIDTH, height))
    return ET.tostring(svg, encoding="unicode")


def _name_apart(bars: Bars) -> Bars:
    """Cut long names, and tell those apart that are then equal: a bar needs a name of its own."""
    seen: dict[str, int] = {}
    apart = []
    for name, number in bars:
        short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        seen[short] = seen.get(short, 0) + 1
        apart.append((short if seen[short] == 1 else f"{short} ({seen[short]})", number))
    return apart
