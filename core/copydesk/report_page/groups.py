"""Counts things under names and keeps a few examples of each, in bounded memory."""

from __future__ import annotations

from typing import Generic, TypeVar

from attrs import define, field, frozen

_MOST_GROUPS = 1000  # names that are told apart; a store may hold as many as it has documents
_MOST_EXAMPLES = 3
_LONGEST = 240  # characters of an example

Name = TypeVar("Name")


@frozen
class Example:
    """A text of a group."""

    text: str
    """On one line, and cut where it is long."""
    keys: tuple[str, ...]
    """The first documents that it was met in."""


@define
class Group:
    """What goes by one name."""

    count: int = 0
    weight: int = 0
    """What the members add up to, such as characters."""
    examples: list[Example] = field(factory=list)
    """The first ones that differ."""


class Groups(Generic[Name]):
    """Groups by name; once there are too many, what has a new name is only counted."""

    def __init__(self) -> None:
        self._groups: dict[Name, Group] = {}
        self.ungrouped = 0
        """How many came when there were too many names already."""

    def add(self, name: Name, weight: int = 0, text: str = "", key: str = "") -> None:
        """Count one more under a name; with a text and its document's key, for an example."""
        group = self._groups.get(name)
        if group is None:
            if len(self._groups) == _MOST_GROUPS:
                self.ungrouped += 1
                return
            group = self._groups[name] = Group()
        group.count += 1
        group.weight += weight
        if key:
            _keep(group.examples, text, key)

    def ranked(self) -> list[tuple[Name, Group]]:
        """Return the groups, largest first."""
        return sorted(self._groups.items(), key=lambda pair: (-pair[1].count, str(pair[0])))

    def __len__(self) -> int:
        return len(self._groups)


def _keep(examples: list[Example], text: str, key: str) -> None:
    """Keep a text that is not there yet, or one more place of one that is."""
    text = " ".join(text[: 4 * _LONGEST].split())
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + "…"
    for place, known in enumerate(examples):
        if known.text == text:
            if key not in known.keys and len(known.keys) < _MOST_EXAMPLES:
                examples[place] = Example(text, (*known.keys, key))
            return
    if len(examples) < _MOST_EXAMPLES:
        examples.append(Example(text, (key,)))
