"""Finds one document to look at closely: a file, a text, or an item by the name a run gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from attrs import evolve, fields_dict, frozen

from copydesk.config import Use
from copydesk.errors import CopydeskError
from copydesk.item import Busy, Item, Listed, Skipped
from copydesk.plans.planning import build
from copydesk.spec import Source
from copydesk.suggestion import suggest

_FEW = 5  # members of a container that a message names
_MANY = 10_000  # names that a suggestion is looked for in


class RefusedError(CopydeskError):
    """The source lists what is asked for, and says why it is no document."""


@frozen
class Specimen:
    """A source of one item."""

    item: Item
    _read: Callable[[], bytes]

    def items(self) -> Iterator[Item]:
        """Yield the item."""
        yield self.item

    def read(self, item: Item) -> bytes:  # noqa: ARG002 - there is only one
        """Return its bytes; raises what the source that it comes from raises."""
        return self._read()


def take_text(text: str, media_type: str, name: str) -> Specimen:
    """Return a document that is written down somewhere else than in a file."""
    content = text.encode()
    return Specimen(Item(name, media_type=media_type, size=len(content)), lambda: content)


def take_file(use: Use, path: Path) -> Specimen:
    """Return the document in a file, read by the chain's source as if it were the only one.

    `#` and a name after the path choose a member of a container. Raises `CopydeskError` where the
    source has no such item.
    """
    if "path" not in fields_dict(type(use.options)):
        raise CopydeskError(f"{path}: the source '{use.use}' reads no files: it has no path")
    file, member = _divide(path)
    source: Source = build(evolve(use, options=evolve(use.options, path=file)))
    item = _choose(source.items(), path, member)
    return evolve(_take(source, item), item=evolve(item, uri=_uri(use, file, item)))


def take_item(use: Use, key: str) -> Specimen:
    """Return the item that the source lists under a name; raises `CopydeskError` if there is none.

    The name is the URI, with `#` and the member's name after it for one in a container.
    """
    source: Source = build(use)
    known: list[str] = []
    for listed in source.items():
        if listed.key == key:
            return _take(source, _accept(listed, key))
        if len(known) < _MANY:
            known.append(listed.key)
    raise CopydeskError(
        f"{key}: neither a file nor an item of the source; {suggest(key, known, 'item')}"
    )


def _take(source: Source, item: Item) -> Specimen:
    return Specimen(item, lambda: source.read(item))


def _divide(path: Path) -> tuple[Path, str | None]:
    """Return a file, and the name of the member that is meant."""
    if path.exists():
        return path, None
    name, mark, member = str(path).partition("#")
    if not Path(name).is_file():
        raise CopydeskError(f"{path}: there is no such file; check the path")
    return Path(name), member if mark else None


def _choose(listed: Iterable[Listed], path: Path, member: str | None) -> Item:
    """Return the one item that is meant; what is no item is meant only if its name is given."""
    if member is not None:
        for thing in listed:
            if _member(thing) == member:
                return _accept(thing, str(path))
        raise CopydeskError(f"{path}: there is no '{member}' in it; check the name")
    refused: list[Listed] = []
    items: list[Item] = []
    for thing in listed:
        if isinstance(thing, Item):
            items.append(thing)
        elif not refused:
            refused.append(thing)
        if len(items) > _FEW:
            break
    if len(items) > 1:
        names = ", ".join(f"'{path}#{item.member}'" for item in items[:_FEW])
        raise CopydeskError(f"{path}: there are several documents in it; choose one: {names}, ...")
    for thing in items or refused:
        return _accept(thing, str(path))
    raise CopydeskError(f"{path}: the source finds no document in it")


def _member(listed: Listed) -> str | None:
    """Return the name after the file's."""
    return listed.member if isinstance(listed, Item) else listed.key.partition("#")[2]


def _accept(listed: Listed, name: str) -> Item:
    if isinstance(listed, Item):
        return listed
    if isinstance(listed, Busy):
        raise RefusedError(f"{name}: it is still being written; try again when it is whole")
    verb = "leaves it out" if isinstance(listed, Skipped) else "cannot read it"
    raise RefusedError(f"{name}: the source {verb}: {listed.reason}")


def _uri(use: Use, file: Path, item: Item) -> str:
    """Return the name that a run gives an item: relative to the source, if it is below it."""
    root = Path(use.options.path).absolute()
    folder = file.absolute().parent
    if not folder.is_relative_to(root):
        return item.uri
    below = folder.relative_to(root).as_posix()
    return item.uri if below == "." else f"{below}/{item.uri}"
