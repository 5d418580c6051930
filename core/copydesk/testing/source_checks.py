"""What is asked of every source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from attrs import evolve, fields_dict, frozen

from copydesk.built import Built
from copydesk.errors import CopydeskError, DocumentError
from copydesk.item import Busy, Item, Listed, Skipped, Unreadable
from copydesk.spec import SourceSpec
from copydesk.testing import fresh
from copydesk.testing.check import BoundCheck, Check, ask, bind, run
from copydesk.testing.spec_checks import SPEC_CHECKS

_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
_SECONDS = 120
_NOWHERE = "no such place/no such item.txt"


@frozen(slots=False)
class SourceBench:
    """A source with its options, and what it lists."""

    spec: SourceSpec[Any]
    options: Any

    @property
    def name(self) -> str:
        """The name of the source."""
        return self.spec.name

    def build(self) -> Any:
        """Return a source at work."""
        return Built.of(self.spec.build(self.options)).value

    @cached_property
    def listed(self) -> list[Listed]:
        """What it lists."""
        return list(self.build().items())

    @property
    def items(self) -> list[Item]:
        """The items among that."""
        return [thing for thing in self.listed if isinstance(thing, Item)]

    @cached_property
    def contents(self) -> dict[str, str]:
        """The hash of each item's content by key, or why it cannot be read."""
        return _read(self.build(), self.items)


def source_checks(spec: SourceSpec[Any], options: Any) -> list[BoundCheck]:
    """Return the checks of a source for `pytest.mark.parametrize`; else as `check_source`."""
    return bind(SOURCE_CHECKS, SourceBench(spec, options))


def check_source(spec: SourceSpec[Any], options: Any) -> None:
    """Ask of a source what is asked of all; raises `CheckError` with all that does not hold.

    `options` name a place that has some items, best of every sort that the source knows.
    """
    run(SOURCE_CHECKS, SourceBench(spec, options))


@ask("give the check options of a place that has some items, or yield `Item`s")
def lists_items(bench: SourceBench) -> Iterator[str]:
    """It lists some items, and nothing but what a source may list."""
    for thing in bench.listed:
        if not isinstance(thing, Item | Skipped | Unreadable | Busy):
            yield f"it lists a {type(thing).__name__}: {thing!r}"
    if not bench.items:
        yield f"it lists no item, but {len(bench.listed)} other things"


@ask("build keys from what does not change: a path below the root with `/`, a number, an id")
def gives_each_a_key(bench: SourceBench) -> Iterator[str]:
    """Every key stands for one thing, can be stored, and says nothing of where the root is."""
    counts = Counter(thing.key for thing in bench.listed)
    for key, count in counts.items():
        if count > 1:
            yield f"{count} things have the key {key!r}"
        if not key:
            yield "something has an empty key"
        if any("\ud800" <= letter <= "\udfff" for letter in key):
            yield f"the key {key!r} cannot be written as UTF-8"
    root = _root(bench.options)
    for thing in bench.listed:
        if root is not None and str(root) in thing.key:
            yield f"the key {thing.key!r} holds the path of the root, which may be moved"


@ask("fill the fields of `Item` as they are documented; give every other thing a reason")
def describes_what_it_lists(bench: SourceBench) -> Iterator[str]:
    """Sizes, times, media types and reasons are what they should be."""
    for item in bench.items:
        if not _MEDIA_TYPE.fullmatch(item.media_type):
            yield f"{item.key!r} has the media type {item.media_type!r}"
        if type(item.size) is not int or item.size < 0:
            yield f"{item.key!r} has the size {item.size!r}"
        if item.modified is not None and not isinstance(item.modified, int | float):
            yield f"{item.key!r} was modified at {item.modified!r}, not at seconds since the epoch"
        if not (item.modified or item.sha256 or item.payload is not None or item.size):
            yield f"{item.key!r} has neither size, time nor hash: a change would go unseen"
    for thing in bench.listed:
        if isinstance(thing, Skipped | Unreadable) and not thing.reason.strip():
            yield f"{thing.key!r} is {type(thing).__name__.lower()} without a reason"


@ask("sort what the system lists in any order; take nothing from a clock or from chance")
def lists_the_same_again(bench: SourceBench) -> Iterator[str]:
    """The same things come in the same order, from the same source and in a new process."""
    source = bench.build()
    seconds = _SECONDS
    for where, listed in (
        ("the first time again", list(source.items())),
        ("the second time", list(source.items())),
        ("in a new process", fresh.call(_list, bench.spec, bench.options, seconds=seconds)),
    ):
        if listed != bench.listed:
            yield f"{where}: {_differ(bench.listed, listed)}"


@ask("keep no state of the listing that a second one needs: a run may end before it does")
def can_be_left_halfway(bench: SourceBench) -> Iterator[str]:
    """A listing that is not followed to its end harms neither the next one nor a read."""
    source = bench.build()
    listing = iter(source.items())
    begun = list(islice(listing, 1))
    if begun and isinstance(begun[0], Item) and begun[0].payload is None:
        found = _read(source, [begun[0]])
        if found[begun[0].key] != bench.contents[begun[0].key]:
            yield f"{begun[0].key!r} reads otherwise while the listing is on"
    close = getattr(listing, "close", None)
    if close is not None:
        close()
    if list(source.items()) != bench.listed:
        yield "after a listing that was left, the next one is another"


@ask("return bytes, or raise `DocumentError` with words: the item then waits in quarantine")
def reads_what_it_lists(bench: SourceBench) -> Iterator[str]:
    """Every item is read as bytes, or refused with a `DocumentError`; at least one is read."""
    for item in bench.items:
        content = bench.contents[item.key]
        if content.startswith("it "):
            yield f"{item.key!r}: {content}"
        elif item.sha256 and ":" not in content and item.sha256 != content:
            yield f"{item.key!r} is listed with the hash {item.sha256}, and has {content}"
    if bench.items and all(":" in content for content in bench.contents.values()):
        yield "no item can be read"


@ask("let `read` depend on the item alone; workers read in any order, each with its own source")
def reads_the_same_again(bench: SourceBench) -> Iterator[str]:
    """An item has the same content again, in another order, and in a new process."""
    source = bench.build()
    backwards = bench.items[::-1]
    sent = fresh.call(_read_built, bench.spec, bench.options, backwards, seconds=_SECONDS)
    for where, contents in (
        ("the first time again", _read(source, backwards)),
        ("the second time", _read(source, bench.items)),
        ("in a new process", sent),
    ):
        for key, content in contents.items():
            if content != bench.contents[key]:
                yield f"{key!r} {where}: {content}, not {bench.contents[key]}"


@ask("raise `DocumentError` that says so; items may vanish between the listing and the read")
def tells_what_is_missing(bench: SourceBench) -> Iterator[str]:
    """An item that is not there any more is a `DocumentError`, and does not harm the next one."""
    source = bench.build()
    for item in bench.items[:1]:
        if item.payload is not None:
            return
        for gone in (evolve(item, uri=_NOWHERE), evolve(item, member=_NOWHERE, position=2**40)):
            content = _read(source, [gone])[gone.key]
            if not content.startswith("refused:"):
                yield f"{gone.key!r}, which is not there: {content}"
        if _read(source, [item])[item.key] != bench.contents[item.key]:
            yield f"after that, {item.key!r} reads otherwise"


@ask("raise `CopydeskError`, or yield `Unreadable`: an empty listing would mark all as gone")
def tells_a_missing_place(bench: SourceBench) -> Iterator[str]:
    """A place that is not there is told, and not taken for an empty one."""
    root = _root(bench.options)
    if root is None:
        return
    options = evolve(bench.options, path=root / "no such place")
    try:
        listed = list(Built.of(bench.spec.build(options)).value.items())
    except CopydeskError:
        return
    except Exception as error:  # noqa: BLE001 - it is told
        yield f"it raised {type(error).__name__}: {error}"
        return
    if not any(isinstance(thing, Unreadable) for thing in listed):
        yield f"it lists {len(listed)} things, and says nothing"


@ask("only read; keep notes elsewhere")
def changes_nothing(bench: SourceBench) -> Iterator[str]:
    """What it reads from is afterwards as it was."""
    root = _root(bench.options)
    if root is None:
        return
    before = _look(root)
    source = bench.build()
    _read(source, [thing for thing in source.items() if isinstance(thing, Item)])
    for path in sorted(before.keys() ^ _look(root).keys()):
        yield f"{path} was made or removed"
    for path, look in _look(root).items():
        if before.get(path, look) != look:
            yield f"{path} was changed"


@ask("make `close` safe to call, after reading and without it")
def closes(bench: SourceBench) -> Iterator[str]:
    """It can be closed, if it has a `close`."""
    for items in ([], bench.items):
        built = Built.of(bench.spec.build(bench.options))
        _read(built.value, items)
        try:
            built.close()
        except Exception as error:  # noqa: BLE001 - it is told
            yield f"close() raised {type(error).__name__}: {error}"


SOURCE_CHECKS: tuple[Check[Any], ...] = (
    *SPEC_CHECKS,
    lists_items,
    gives_each_a_key,
    describes_what_it_lists,
    lists_the_same_again,
    can_be_left_halfway,
    reads_what_it_lists,
    reads_the_same_again,
    tells_what_is_missing,
    tells_a_missing_place,
    changes_nothing,
    closes,
)


def _list(spec: SourceSpec[Any], options: Any) -> list[Listed]:
    return list(Built.of(spec.build(options)).value.items())


def _read_built(spec: SourceSpec[Any], options: Any, items: list[Item]) -> dict[str, str]:
    return _read(Built.of(spec.build(options)).value, items)


def _read(source: Any, items: list[Item]) -> dict[str, str]:
    """Return the hash of each content by key, or what happened instead."""
    return {item.key: _digest(source, item) for item in items}


def _digest(source: Any, item: Item) -> str:
    try:
        raw = source.read(item) if item.payload is None else item.payload
    except DocumentError as error:
        return f"refused: {error}"
    except Exception as error:  # noqa: BLE001 - it is told
        return f"it raised {type(error).__name__}: {error}"
    if not isinstance(raw, bytes):
        return f"it is a {type(raw).__name__}, not bytes"
    return sha256(raw).hexdigest()


def _differ(one: list[Listed], other: list[Listed]) -> str:
    if len(one) != len(other):
        return f"{len(other)} things instead of {len(one)}"
    pairs = zip(one, other, strict=True)
    first, second = next(pair for pair in pairs if pair[0] != pair[1])
    return f"{second!r} instead of {first!r}"


def _root(options: Any) -> Path | None:
    """Return the folder or file that an option `path` names."""
    if "path" not in fields_dict(type(options)):
        return None
    return Path(options.path)


def _look(root: Path) -> dict[str, tuple[int, int]]:
    paths = [root, *root.rglob("*")] if root.is_dir() else [root]
    return {
        str(path): (path.stat().st_size if path.is_file() else 0, path.stat().st_mtime_ns)
        for path in paths
        if path.exists()
    }
