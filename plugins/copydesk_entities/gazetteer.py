"""Reads gazetteers: files of names with their labels and links."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from attrs import evolve, frozen

from copydesk.api import CopydeskError
from copydesk_entities import inflection

_SHORT = "~"
SILENT = "-"
"""The label of what looks like a name and is none: it hides the names inside it."""


@frozen
class Name:
    """One name of one thing."""

    label: str
    link: str
    languages: frozenset[str] = frozenset()
    """Codes of the languages that use it; none means that any may."""
    is_short: bool = False
    """Counts only beside a full name of the same link."""
    is_form: bool = False
    """A case form, which shows by itself how it hangs on the word before."""


Row = tuple[str, Name]
"""A name as it is written in the middle of a sentence, and what it names."""


def read(path: Path) -> list[Row]:
    """Return the names of a user's file.

    Raises `CopydeskError` for a file that cannot be read or a line that is not understood.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CopydeskError(f"{path}: the file of names cannot be read: {error}") from error
    return list(_names(lines, str(path)))


def bundled() -> Iterator[Row]:
    """Yield the names of the package: places from CLDR, organisations and people from us."""
    folder = files("copydesk_entities") / "data"
    yield from _names((folder / "names.tsv").read_text("utf-8").splitlines(), "names.tsv")
    yield from _places((folder / "places.json").read_text("utf-8"))


def _names(lines: Iterable[str], place: str) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) not in (3, 4):
            raise CopydeskError(
                f"{place}:{number}: {len(fields)} fields instead of 3 or 4;"
                " write label, link and names with tabs between"
            )
        languages = frozenset(fields[3].split()) if len(fields) == 4 else frozenset()
        full = Name(fields[0], fields[1], languages)
        short = Name(fields[0], fields[1], languages, is_short=True)
        for name in fields[2].split("|"):
            plain = name.strip().removeprefix(_SHORT).strip()
            if plain:
                yield from _with_forms(plain, short if _SHORT in name else full)


def _with_forms(text: str, name: Name) -> Iterator[Row]:
    """Yield a name of our own with its case forms, told by its script."""
    yield text, name
    if "\u0400" <= text[0] <= "\u04ff":
        languages = ("ru", "uk")
    elif text[0] < "\u0250" and name.label == "PERSON":
        languages = ("pl", "cs")
    else:
        return
    for language in languages:
        for form in inflection.decline(text, language):
            yield form, _form(name, language)


def _places(text: str) -> Iterator[Row]:
    for place, meanings in json.loads(text)["places"].items():
        for link, codes in meanings.items():
            languages = _codes(codes)
            name = Name("PLACE", link, languages)
            yield place, name
            for language in inflection.LANGUAGES:
                if language in languages:
                    for form in inflection.decline(place, language):
                        yield form, _form(name, language)


@cache
def _form(name: Name, language: str) -> Name:
    """Return what the case forms of a name stand for in one language."""
    return evolve(name, languages=frozenset((language,)), is_form=True)


@cache
def _codes(codes: str) -> frozenset[str]:
    return frozenset(codes.split())
