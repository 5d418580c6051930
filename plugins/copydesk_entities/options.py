"""What can be chosen of the entity steps."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from attrs import field, frozen
from attrs.validators import ge

_BUNDLED = ("PERSON", "ORG", "PLACE")


@frozen
class AmountsOptions:
    """Which amounts to find."""

    labels: tuple[Literal["MONEY", "PERCENT", "NUMBER", "DATE"], ...] = (
        "MONEY",
        "PERCENT",
        "NUMBER",
        "DATE",
    )
    """Labels to give; leaving one out saves next to no time."""
    max_amounts: int = field(default=100_000, validator=ge(1))
    """Stop after so many amounts in one document, and say in `extra.entities` where; a table of
    20 MB would else fill the memory. An amount costs about 30 microseconds and 500 bytes."""


def _check_labels(options: NamesOptions, _: object, labels: tuple[str, ...]) -> None:
    """Raise `ValueError` for a label that no name can have: nothing would ever be found."""
    for label in labels:
        if options.names is None and label not in _BUNDLED:
            known = ", ".join(_BUNDLED)
            message = f"no bundled name is labelled {label!r}"
            raise ValueError(f"{message}; give {known}, or 'names' of your own")


@frozen
class NamesOptions:
    """Which names to find."""

    labels: tuple[str, ...] = field(default=_BUNDLED, validator=_check_labels)
    """Labels to give; names of others are not looked for."""
    names: Path | None = None
    """A file of your own names, one thing a line: label, link and names, with tabs between the
    fields and ` | ` between the names; a fourth field may hold the codes of their languages. A name
    after `~` counts only beside a full name of the same link, and the label `-` silences names.
    They win over bundled ones."""
    use_bundled: bool = True
    """Also look for the names that come with Copydesk (places, organisations, people)."""
    max_candidates: int = field(default=500_000, validator=ge(1))
    """Stop after so many places of one document where a name may stand, and say in
    `extra.entities` where; a text of 20 MB that is one name over and over would else fill the
    memory. A place costs about 15 microseconds."""
