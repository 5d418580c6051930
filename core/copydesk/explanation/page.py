"""Writes an explanation as one HTML page that needs nothing else: no network, no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import msgspec
from attrs import frozen

from copydesk.expectations.operators import show
from copydesk.explanation.account import Explanation
from copydesk.extra import import_extra

_LONGEST = 200_000  # characters of the text that are shown


@frozen
class Stretch:
    """A piece of the final text: plain, or an entity."""

    text: str
    entity: Any = None


def render(explanation: Explanation) -> str:
    """Return the page; raises `CopydeskError` if the library that it takes is not installed."""
    page: str = (
        _environment()
        .get_template("page.html")
        .render(
            it=explanation,
            paragraphs=list(split_text(explanation.record or {})),
            cut=max(0, len((explanation.record or {}).get("text", "")) - _LONGEST),
        )
    )
    return page


def split_text(record: dict[str, Any]) -> Iterator[list[Stretch]]:
    """Yield the lines of a record's text in stretches; entities inside others are left out."""
    text: str = record.get("text", "")[:_LONGEST]
    entities = [e for e in record.get("entities", ()) if e["end"] <= len(text)]
    line: list[Stretch] = []
    for stretch in _stretches(text, entities):
        if stretch is None:
            yield line
            line = []
        else:
            line.append(stretch)
    yield line


def _stretches(text: str, entities: Iterable[Any]) -> Iterator[Stretch | None]:
    """Yield the stretches of a text, with None for each line break."""
    at = 0
    for entity in entities:
        start, end = entity["start"], entity["end"]
        if start >= at:
            yield from _lines(text[at:start])
            yield Stretch(text[start:end], entity)
            at = end
    yield from _lines(text[at:])


def _lines(text: str) -> Iterator[Stretch | None]:
    """Yield the lines of a text, with None for each line break."""
    for number, words in enumerate(text.split("\n")):
        if number:
            yield None
        if words:
            yield Stretch(words)


@cache
def _environment() -> Any:
    """Return the templates. They escape all they are given: the texts may be hostile HTML."""
    jinja = import_extra("jinja2", "report")
    found = jinja.Environment(
        loader=jinja.PackageLoader("copydesk.explanation", "templates"),
        autoescape=True,
        undefined=jinja.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"show": show, "number": "{:,}".format, "milliseconds": _milliseconds,
                      "meaning": _meaning}  # fmt: skip
    return found


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def _meaning(entity: Any) -> str:
    """Return what an entity stands for: its link, or its value."""
    plain = msgspec.to_builtins(entity)
    value = plain["value"] or {}
    parts = [plain["link"], *(value.get(n) for n in ("number", "currency", "unit", "date"))]
    return " ".join(str(part) for part in parts if part is not None)
