"""Parts and cleans the names of authors."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NOT_A_NAME = re.compile(r"https?:|www\.|@|[{}<>]")
_BY = re.compile(
    r"^(?:(?:written|posted|published|reviewed|story|words|text) by|by|von|par|por|di|av|af|door"
    r"|oleh|author|autore?|auteur|автор|文|作者|記者|记者)\b[\s:\uff1a/]*(?=\S)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[;|、]\s*|,\s+|\s+(?:and|und|et|y|&)\s+")
_TITLE = re.compile(r"(?:[A-Z][A-Za-z]{0,2}\.?){1,3}[A-Z]*\.?|Jr\.?|Sr\.?")  # MD, Ph.D., DABOM
_LONGEST = 100  # characters


def clean_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names, each once, without `by` and without what is an address or a number."""
    cleaned = (_BY.sub("", " ".join(name.split())).strip(" ,;|") for name in names)
    return tuple(
        dict.fromkeys(
            name
            for name in cleaned
            if len(name) <= _LONGEST
            and any(map(str.isalpha, name))
            and not _NOT_A_NAME.search(name)
        )
    )


def split_names(text: str) -> list[str]:
    """Return the names in a list of them; a title after a name stays with it."""
    names: list[str] = []
    for part in _BETWEEN.split(_BY.sub("", text)):
        if names and _TITLE.fullmatch(part):
            names[-1] += f", {part}"
        else:
            names.append(part)
    return names
