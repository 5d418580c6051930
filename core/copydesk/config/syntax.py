"""Puts the errors of the YAML parser into words that say what to do."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml
from attrs import frozen

from copydesk.config.node import shorten

Spot = tuple[int, int]
"""Line and column, from 1."""

_BREAK = re.compile(r"\r\n|\r|\n")
_QUOTED_START = re.compile(
    r"""^(?P<key>[\s-]*(?:[\w.]+:\s+)?|.*[{,]\s*[\w.]+:\s+)(?P<value>(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*)$"""
)
_BRACKETS = {"{": "}", "[": "]"}
_EQUATED = re.compile(r"^(?:- )?\w+ ?= ?\S")
_TIGHT = re.compile(r"^\s*(?:- )?\w+:\S|^\s*-\w")


@frozen
class _Trouble:
    """An error of the parser, and the lines around it."""

    problem: str
    context: str
    lines: list[str]
    found: Spot
    """Where the parser stopped."""
    begun: Spot
    """Where that began which it could not finish."""

    @property
    def before(self) -> str:
        """The line up to where the parser stopped."""
        return self.lines[self.found[0] - 1][: self.found[1] - 1]

    def character(self, spot: Spot) -> str:
        return self.lines[spot[0] - 1][spot[1] - 1 : spot[1]]


def explain_syntax(error: yaml.MarkedYAMLError, text: str) -> tuple[Spot, str]:
    """Return the place of an error of PyYAML's parsers, in C or in Python, and a message."""
    lines = _BREAK.split(text)
    found = _clamp(error.problem_mark or error.context_mark, lines)
    begun = _clamp(error.context_mark, lines) if error.context_mark else found
    trouble = _Trouble(error.problem or "", error.context or "", lines, found, begun)
    if "escape" in trouble.problem:
        return found, "an unknown escape in double quotes; write \\\\ or use single quotes"
    for sign, explain in _CONTEXTS:
        if sign in trouble.context:
            return begun, explain(trouble)
    quoted = _QUOTED_START.match(trouble.before)
    if quoted and "token" not in trouble.problem:
        return found, _explain_quoting(quoted, lines[found[0] - 1])
    for sign, explain in _PROBLEMS:
        if sign in trouble.problem or sign in trouble.context:
            return found, explain(trouble)
    return found, f"not YAML ({trouble.problem}); check quotes and indentation"


def _clamp(mark: yaml.Mark | None, lines: list[str]) -> Spot:
    """Return the line and column of a mark, moved into the text where it is behind its end."""
    if mark is None:
        return 1, 1
    line, column = mark.line, mark.column
    while line > 0 and (line >= len(lines) or (not lines[line] and line == len(lines) - 1)):
        line = min(line, len(lines)) - 1
        column = len(lines[line])
    return line + 1, min(column, len(lines[line])) + 1


def _explain_character(trouble: _Trouble) -> str:
    character = trouble.character(trouble.found)
    if character == "\t":
        return "a tab; indent with spaces"
    return f"a value cannot begin with '{character}'; quote it"


def _explain_quoting(quoted: re.Match[str], line: str) -> str:
    """Say that a value goes on after its closing quote, and how to write it whole."""
    whole = line[quoted.end("key") :].partition(" #")[0].strip().rstrip("}],").strip()
    rewritten = whole.replace("'", "''")
    return f"text after a closing quote; quote the whole value: '{rewritten}'"


def _explain_start(trouble: _Trouble) -> str:
    return f"'{trouble.character(trouble.begun)}' has a meaning in YAML here; quote the value"


def _explain_flow(trouble: _Trouble) -> str:
    if trouble.before.endswith("$"):
        return "'${...}' inside { } or [ ] is cut at its braces; quote it"
    opened = trouble.character(trouble.begun)
    if not opened:
        return "the file ends inside a '[' or '{'; close it"
    if opened not in _BRACKETS:
        return f"a value cannot begin with '{opened}' here; quote it"
    missing = f"',' or '{_BRACKETS[opened]}' is missing for the '{opened}' of line"
    return f"{missing} {trouble.begun[0]}, or a value here needs quotes; add it"


def _explain_colon(trouble: _Trouble) -> str:
    if ": " in trouble.before:
        return "a second ': ' in one value; quote the whole value"
    above = [line.strip() for line in trouble.lines[: trouble.found[0] - 1] if line.strip()]
    if above and _TIGHT.match(above[-1]):
        return f"the line above, '{shorten(above[-1])}', has no space after its ':' or '-'; add it"
    if above and _EQUATED.match(above[-1]):
        return f"the line above, '{shorten(above[-1])}', has a '=' for its ':'; write ': '"
    return "a key where the value above goes on; check the indentation"


def _explain_tag(_: _Trouble) -> str:
    return "'!' begins a tag, which is not supported; quote the whole value"


_Explain = Callable[[_Trouble], str]

_CONTEXTS: tuple[tuple[str, _Explain], ...] = (
    ("quoted scalar", lambda _: "the quote that opens here is not closed; close it"),
    ("alias", _explain_start),
    ("anchor", _explain_start),
    ("simple key", lambda _: "neither 'key: value' nor '- item'; put a space after ':' or '-'"),
    ("block scalar", _explain_start),
    ("tag", _explain_tag),
)
"""What is told at the place where the parser began something."""

_PROBLEMS: tuple[tuple[str, _Explain], ...] = (
    ("cannot start any token", _explain_character),
    ("tab character", _explain_character),
    ("flow", _explain_flow),
    ("mapping values", _explain_colon),
    ("tag handle", _explain_tag),
    ("sequence entries", lambda _: "a list begins on a line of its own; move '- ' to the next"),
    ("block", lambda _: "this does not belong to the lines above; check the indentation"),
)
"""What is told at the place where the parser stopped."""
