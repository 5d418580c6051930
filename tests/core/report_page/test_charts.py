"""Charts as SVG."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from copydesk.report_page.charts import draw_bars, draw_histogram


def texts(svg: str) -> list[str]:
    """Return the words of a chart."""
    return [node.text or "" for node in ET.fromstring(svg).iter("text")]


def bars(svg: str) -> list[float]:
    """Return the lengths of the lying bars, from the bottom up."""
    (series,) = (g for g in ET.fromstring(svg).iter("g") if "series" in g.get("class", ""))
    return [float(bar.get("width", 0)) for bar in series]


def test_bars_are_as_long_as_their_numbers() -> None:
    """A number half as large has a bar half as long, and each bar its name."""
    svg = draw_bars("Languages", [("en", 8), ("de", 4)], str)

    low, high = bars(svg)
    assert abs(high - 2 * low) < 1e-6
    assert {"en", "de"} < set(texts(svg))
    assert 'aria-label="Languages"' in svg


def test_only_the_first_twelve_are_drawn() -> None:
    """The table has the others."""
    assert 12 == len(bars(draw_bars("x", [(str(n), 30 - n) for n in range(30)], str)))


def test_long_names_that_begin_alike_keep_a_bar_each() -> None:
    """Names are cut, and numbered where that makes them equal."""
    svg = draw_bars("x", [("a" * 40, 2), ("a" * 50, 1)], str)

    assert 2 == len(bars(svg))
    assert f"{'a' * 21}… (2)" in texts(svg)


def test_names_are_escaped() -> None:
    """A name that is markup is shown as it is spelled."""
    svg = draw_bars("<x>", [("<script>alert(1)", 2)], str)

    assert "<script" not in svg
    assert "<script>alert(1)" in texts(svg)


def test_whole_numbers_have_whole_axes() -> None:
    """Where all numbers are whole, no axis says 0.5."""
    marks = [text for text in texts(draw_bars("x", [("en", 1)], "{:g}".format)) if text != "en"]

    assert {"0", "1"} <= set(marks)
    assert all(not mark or mark.isdigit() for mark in marks)


def test_nothing_is_not_drawn() -> None:
    """Without numbers, or with zeros only, there is no chart."""
    assert "" == draw_bars("x", [], str)
    assert "" == draw_bars("x", [("a", 0)], str)
    assert "" == draw_histogram("x", [("0", 0)], str)


def test_histogram_keeps_its_empty_bars() -> None:
    """A bar of no height still has its place and name."""
    svg = draw_histogram("Lengths", [("10", 3), ("20", 0), ("50", 1)], str)

    assert ["10", "20", "50"] == [text for text in texts(svg) if len(text) == 2]
