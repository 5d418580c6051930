"""Turns the labels of fastText models into BCP 47 tags."""

from __future__ import annotations

from importlib.resources import files

_WIKIPEDIA = {"als": "gsw", "eml": "egl"}  # codes of Wikipedias, which lid.176 knows languages by


class Labels:
    """The codes of `codes.txt`."""

    def __init__(self) -> None:
        text = files(__package__).joinpath("codes.txt").read_text(encoding="utf-8")
        lines = [line.split() for line in text.splitlines() if not line.startswith("#")]
        self._short = {long: short for short, *longs in lines for long in longs}

    def name(self, label: str) -> str:
        """Return the tag for `__label__de`, `__label__deu` or `__label__deu_Latn`: `de`.

        The script is left out: the text itself tells it.
        """
        code, underscore, _ = label.removeprefix("__label__").partition("_")
        if not underscore and code in _WIKIPEDIA:
            return _WIKIPEDIA[code]
        return self._short.get(code, code)
