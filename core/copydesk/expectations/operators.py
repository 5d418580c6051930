"""The ways to compare a value of a record with what a test expects of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import field, frozen
from attrs.validators import ge, optional

from copydesk.expectations.path import find
from copydesk.expectations.pattern import is_found
from copydesk.fields import is_list, is_union, spell
from copydesk.printable import excerpt, make_printable, quote

_LONGEST = 200  # characters of a value in a message
_AROUND = 40


@frozen
class Shape:
    """What an entry of a list should be like: some of its fields, each compared in its own way."""

    parts: tuple[Part, ...]

    def fits(self, entry: Any) -> bool:
        """Return whether every field is as it should be."""
        return all(part.holds(entry) for part in self.parts)

    def count(self, entry: Any) -> int:
        """Return how many fields are as they should be."""
        return sum(part.holds(entry) for part in self.parts)

    def __str__(self) -> str:
        return f"{{{', '.join(map(str, self.parts))}}}"


@frozen
class Part:
    """One field of an entry, and how it is compared."""

    path: tuple[str, ...]
    operator: Operator
    wanted: Any

    def holds(self, entry: Any) -> bool:
        """Return whether the field of `entry` is as it should be."""
        return not self.operator.object_to(find(entry, self.path), self.wanted)

    def __str__(self) -> str:
        verb = "" if self.operator.name == "equals" else f"{self.operator.name} "
        return f"{'.'.join(self.path)}: {verb}{show(self.wanted)}"


@frozen
class Operator:
    """One way to compare."""

    name: str
    """As it is written in a chain."""
    object_to: Callable[[Any, Any], str]
    """Returns what is wrong with the value found, given the one wanted; nothing if all is well."""
    suits: Callable[[Any], bool]
    """Returns whether it can be used on a field of a type."""


@frozen
class Near:
    """A number, and how far another one may be from it."""

    value: float
    """The number."""
    within: float | None = field(default=None, validator=optional(ge(0)))
    """How far another one may be away; a hundredth of the number if it is not said."""

    @property
    def tolerance(self) -> float:
        """How far another number may be away."""
        return abs(self.value) / 100 if self.within is None else self.within


def show(value: Any) -> str:
    """Return a value as a message shows it."""
    if isinstance(value, Shape):
        return str(value)
    if isinstance(value, str):
        return quote(value, _LONGEST)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{name}: {show(of)}" for name, of in value.items())
        return f"{{{inside}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(show, value))}]"
    return spell(value)


def _equals(found: Any, wanted: Any) -> str:
    if _is_like(found, wanted):
        return ""
    if isinstance(found, str) and isinstance(wanted, str) and len(found) + len(wanted) > _LONGEST:
        pairs = enumerate(zip(found, wanted, strict=False))
        shorter = min(len(found), len(wanted))
        at = next((place for place, (one, other) in pairs if one != other), shorter)
        there, here = (excerpt(text, at, at, _AROUND) for text in (found, wanted))
        return f"differs at character {at}: found {there}, expected {here}"
    return f"found {_cut(show(found))}, expected {_cut(show(wanted))}"


def _is_like(found: Any, wanted: Any) -> bool:
    """Compare with a plain value, an entry's shape, or a list of either."""
    if isinstance(wanted, Shape):
        return wanted.fits(found)
    if isinstance(wanted, tuple | list):
        return (
            isinstance(found, list)
            and len(found) == len(wanted)
            and all(map(_is_like, found, wanted))
        )
    return bool(found == wanted) and isinstance(found, bool) is isinstance(wanted, bool)


def _contains(found: Any, wanted: Sequence[Any]) -> str:
    for one in wanted:
        if isinstance(found, str) and isinstance(one, str):
            if one not in found:
                return f"{show(one)} is not in it; {_describe(found)}"
        elif not any(_is_like(entry, one) for entry in _entries(found)):
            return f"no entry is {show(one)}; {_nearest(found, one)}"
    return ""


def _lacks(found: Any, wanted: Sequence[Any]) -> str:
    for one in wanted:
        if isinstance(found, str) and isinstance(one, str):
            at = found.find(one)
            if at >= 0:
                return (
                    f"{show(one)} is in it, at character {at}: {excerpt(found, at, at + len(one))}"
                )
            continue
        entry = next((entry for entry in _entries(found) if _is_like(entry, one)), None)
        if entry is not None:
            return f"an entry is {show(one)}: {_cut(show(entry))}"
    return ""


def _matches(found: Any, wanted: str) -> str:
    if isinstance(found, str) and is_found(wanted, found):
        return ""
    return f"no match for {show(wanted)}; {_describe(found)}"


def _at_least(found: Any, wanted: float) -> str:
    size = _size(found)
    if size is not None and size >= wanted:
        return ""
    return f"found {_measure(found)}, expected at least {wanted:g}"


def _at_most(found: Any, wanted: float) -> str:
    size = _size(found)
    if size is not None and size <= wanted:
        return ""
    return f"found {_measure(found)}, expected at most {wanted:g}"


def _close_to(found: Any, wanted: Near) -> str:
    size = _size(found)
    if size is not None and abs(size - wanted.value) <= wanted.tolerance:
        return ""
    away = f"{wanted.tolerance:g} more or less"
    return f"found {_measure(found)}, expected {wanted.value:g}, {away}"


def _size(found: Any) -> float | None:
    """Return a number as it is, and how long a text or a list is."""
    if isinstance(found, str | list):
        return len(found)
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None


def _measure(found: Any) -> str:
    if isinstance(found, str):
        return f"{len(found)} characters"
    return f"{len(found)} entries" if isinstance(found, list) else show(found)


def _describe(found: Any) -> str:
    """Return what there is instead of what was looked for."""
    if not isinstance(found, str):
        return f"found {_cut(show(found))}"
    if len(found) <= _LONGEST:
        return f"found {show(found)}"
    return f"it begins {quote(found, _LONGEST)} and has {len(found)} characters"


def _nearest(found: Any, wanted: Any) -> str:
    """Return the entry that comes nearest to the one wanted, as far as it is compared."""
    entries = _entries(found)
    if not entries:
        return "there are none"
    if not isinstance(wanted, Shape):
        return f"found {_cut(show(found))}"
    nearest = max(entries, key=wanted.count)
    fields = {".".join(part.path): find(nearest, part.path) for part in wanted.parts}
    return f"the nearest of {len(entries)} is {_cut(show(fields))}"


def _entries(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []


def _cut(words: str) -> str:
    line = make_printable(words)
    return line if len(line) <= 2 * _LONGEST else f"{line[: 2 * _LONGEST]}…"


def _suits_all(_: Any) -> bool:
    return True


def _suits_members(kind: Any) -> bool:
    return kind in {str, Any} or is_list(kind)


def _suits_text(kind: Any) -> bool:
    return kind in {str, Any}


def _suits_size(kind: Any) -> bool:
    return kind in {int, float, str, Any} or is_list(kind) or is_union(kind)


OPERATORS: Mapping[str, Operator] = {
    operator.name: operator
    for operator in (
        Operator("equals", _equals, _suits_all),
        Operator("contains", _contains, _suits_members),
        Operator("lacks", _lacks, _suits_members),
        Operator("matches", _matches, _suits_text),
        Operator("at_least", _at_least, _suits_size),
        Operator("at_most", _at_most, _suits_size),
        Operator("close_to", _close_to, _suits_size),
    )
}
"""All there are, by name."""
