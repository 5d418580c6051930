"""Reads what a page says about itself: headline, authors, date, publisher and so on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from copydesk.api import Metadata

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


class MetadataReader:
    """Reads the metadata of parsed pages."""

    def __init__(self) -> None:
        from trafilatura.metadata import extract_metadata  # noqa: PLC0415

        self._extract = extract_metadata

    def read(self, tree: Any) -> Metadata:
        """Return what the page says; what it does not say is left out."""
        found = self._extract(tree)
        return Metadata(
            title=found.title or None,
            authors=_names((found.author or "").split(";")),
            published=found.date or None,
            publisher=found.sitename or None,
            url=found.url or None,
            description=found.description or None,
            categories=_names(found.categories or ()),
            tags=_names(found.tags or ()),
            image=found.image or None,
            language=_language(tree),
        )


def _names(found: Iterable[str]) -> tuple[str, ...]:
    """Return the names, each once, without blank ones."""
    return tuple(dict.fromkeys(name.strip() for name in found if name.strip()))


def _language(tree: Any) -> str | None:
    """Return the language tag of the root element."""
    declared = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    match = _TAG.fullmatch(declared.strip())
    return match[0].replace("_", "-") if match else None
