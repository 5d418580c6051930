"""Colours for a terminal, and none where there is no terminal or the user wants none."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from attrs import frozen

from copydesk.printable import make_printable

_CODES = {"bold": 1, "faint": 2, "struck": 9, "red": 31, "green": 32, "yellow": 33, "cyan": 36}


@frozen
class Paint:
    """Writes words in colour, or leaves them as they are."""

    is_coloured: bool

    def __call__(self, style: str, words: str) -> str:
        """Return words in one or several styles, such as `bold red`."""
        if not self.is_coloured or not words:
            return words
        codes = ";".join(str(_CODES[name]) for name in style.split())
        return f"\x1b[{codes}m{words}\x1b[0m"

    def clean(self, text: str) -> str:
        """Return a text of a document so that it cannot give commands to the terminal."""
        return make_printable(text, keep="\n")


def paint_for(stream: TextIO) -> Paint:
    """Return what suits a stream: colours for a terminal, unless NO_COLOR is set."""
    return Paint(stream.isatty() and not os.environ.get("NO_COLOR"))


def paint_for_output() -> Paint:
    """Return what suits standard output."""
    return paint_for(sys.stdout)
