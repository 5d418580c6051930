"""Reads gazetteers: files of names with their labels and links."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from attrs import frozen

from copydesk.api import CopydeskError

_SHORT = "~"


@frozen
class Name:
    """One name of one thing."""

    text: str
    """As it is written in the middle of a sentence."""
    label: str
    link: str
    languages: tuple[str, ...] = ()
    """Codes of the languages that use it; none means that any may."""
    is_short: bool = False
    """Counts only beside a full name of the same link."""


def read(path: Path) -> list[Name]:
    """Return the names of a user's file.

    Raises `CopydeskError` for a file that cannot be read or a line that is not understood.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CopydeskError(f"{path}: the file of names cannot be read: {error}") from error
    return list(_names(lines, str(path)))


def bundled() -> list[Name]:
    """Return the names of the package: countries from CLDR, organisations and people from us."""
    folder = files("copydesk_entities") / "data"
    lines = (folder / "names.tsv").read_text("utf-8").splitlines()
    return [
        *_names(lines, "names.tsv"),
        *_territories((folder / "territories.json").read_text("utf-8")),
    ]


def _names(lines: Iterable[str], place: str) -> Iterator[Name]:
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) not in (3, 4):
            raise CopydeskError(
                f"{place}:{number}: {len(fields)} fields; write label, link and names"
                " with tabs between"
            )
        languages = tuple(fields[3].split()) if len(fields) == 4 else ()
        for name in fields[2].split("|"):
            text = name.strip()
            if plain := text.removeprefix(_SHORT).strip():
                yield Name(plain, fields[0], fields[1], languages, text.startswith(_SHORT))


def _territories(text: str) -> Iterator[Name]:
    for name, meanings in json.loads(text)["territories"].items():
        for code, languages in meanings.items():
            scheme = "unm49" if code.isdigit() else "iso3166"
            yield Name(name, "PLACE", f"{scheme}:{code}", tuple(languages.split()))
