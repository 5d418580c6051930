"""Puts errors into words that can be stored and shown, whatever they say."""

from __future__ import annotations

import traceback

from copydesk.errors import DocumentError
from copydesk.interrupt import pass_interrupt

_LONGEST = 500  # characters of a reason
_LONGEST_TRACEBACK = 20_000  # characters; the end of a traceback says most


def explain(error: BaseException) -> str:
    """Return an error in one line: a document's own words, or the type and the message."""
    try:
        words = str(error)
    except BaseException as failed:  # noqa: BLE001 - what a plugin's error raises is none of ours
        pass_interrupt(failed)
        words = f"its message cannot be read, {type(failed).__name__}"
    if not isinstance(error, DocumentError):
        words = f"{type(error).__name__}: {words}" if words else type(error).__name__
    return tidy(words)


def trace_back(error: BaseException) -> str:
    """Return the traceback of an error that nobody foresaw, else nothing."""
    return "" if isinstance(error, DocumentError) else format_trace(error)


def format_trace(error: BaseException) -> str:
    """Return the end of an error's traceback, whatever the error is."""
    try:
        lines = traceback.format_exception(error)
    except BaseException as failed:  # noqa: BLE001 - as above: notes may be a plugin's code
        pass_interrupt(failed)
        lines = [f"its traceback cannot be read, {type(failed).__name__}"]
    return storable("".join(lines)[-_LONGEST_TRACEBACK:])


def tidy(words: object) -> str:
    """Return words as one line of bounded length in which nothing moves a cursor.

    What is no text, from a plugin that has its types wrong, is shown as Python writes it.
    """
    text = str.__str__(words) if isinstance(words, str) else _show(words)
    line = " ".join(storable(text[: 4 * _LONGEST]).split())
    plain = "".join(mark if mark.isprintable() else f"\\x{ord(mark):02x}" for mark in line)
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 3]}..."


def _show(value: object) -> str:
    try:
        return repr(value)
    except BaseException as failed:  # noqa: BLE001 - as above
        pass_interrupt(failed)
        return f"a {type(value).__name__}"


def storable(text: str) -> str:
    """Return text that can be written in UTF-8: half a surrogate pair becomes an escape."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")
