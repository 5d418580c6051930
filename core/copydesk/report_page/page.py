"""Writes findings as one HTML page that needs nothing else: no network, no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from copydesk.extra import import_extra
from copydesk.report_page.charts import Bars, draw_bars, draw_histogram
from copydesk.report_page.findings import Findings
from copydesk.report_page.groups import Group

_TITLES = {"dropped": "Dropped", "quarantined": "In quarantine", "step passed over": "Passed over"}
_ROWS = 25  # of a table; what is below is summed up


def render(findings: Findings, store: str, written: str) -> str:
    """Return the page; `store` and `written` (a time) go into its head.

    Raises `CopydeskError` if a library that it takes is not installed.
    """
    page = _environment().get_template("page.html")
    text: str = page.render(findings=findings, store=store, written=written, most=_ROWS)
    return text


@cache
def _environment() -> Any:
    """Return the templates. They escape all they are given: the texts may be hostile HTML."""
    jinja = import_extra("jinja2", "report")
    markup = import_extra("markupsafe", "report").Markup
    found = jinja.Environment(
        loader=jinja.PackageLoader("copydesk.report_page", "templates"),
        autoescape=True,
        undefined=jinja.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "number": write_number,
        "duration": write_duration,
        "share": write_share,
        "moment": write_moment,
    }
    found.globals |= {
        "titles": _TITLES,
        "draw_counts": lambda title, bars: markup(draw_bars(title, bars, write_number)),
        "draw_times": lambda title, bars: markup(draw_bars(title, bars, write_duration)),
        "draw_histogram": lambda title, bars: markup(draw_histogram(title, bars, write_number)),
        "count": _count,
        "add_up": _add_up,
        "bins": _bins,
        "time_bars": _time_bars,
    }
    return found


def write_number(number: float) -> str:
    """Return a number with its thousands apart, and no more decimals than tell something."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,.3g}"


def write_duration(seconds: float) -> str:
    """Return a time in the unit that suits it."""
    for limit, unit, digits in ((1e-3, 1e-6, "µs"), (1.0, 1e-3, "ms")):
        if 0 < seconds < limit:
            return f"{seconds / unit:.3g} {digits}"
    return f"{seconds:,.0f} s" if seconds >= 100 or seconds == int(seconds) else f"{seconds:.3g} s"


def write_share(part: float, whole: float) -> str:
    """Return a part as a percentage of the whole."""
    return f"{100 * part / whole:.1f} %" if whole else ""


def write_moment(time: str) -> str:
    """Return an ISO 8601 time in UTC as people write it."""
    return time.replace("T", " ").replace("+00:00", " UTC")


def _count(groups: Iterable[tuple[str, Group]]) -> Bars:
    return [(name, group.count) for name, group in groups]


def _add_up(groups: Sequence[tuple[Any, Group]]) -> int:
    return sum(group.count for _, group in groups)


def _bins(findings: Findings) -> Bars:
    return [(_shorten(found.start), found.count) for found in findings.lengths.bins()]


def _time_bars(findings: Findings) -> Bars:
    return [(label, spread.total / 1e6) for label, spread in findings.times]


def _shorten(number: int) -> str:
    """Write a round number in few characters."""
    for unit, letter in ((10**6, "M"), (1000, "k")):
        if number >= unit:
            return f"{number // unit}{letter}"
    return str(number)
