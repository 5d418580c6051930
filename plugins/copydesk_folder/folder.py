"""Lists the files below a folder and reads them, refusing what would harm a run."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

from copydesk.api import Busy, DocumentError, Item, Listed, Skipped, Unreadable, media_type_of
from copydesk_folder.container import (
    Container,
    DamageError,
    Place,
    kind_of,
    list_members,
    open_container,
)
from copydesk_folder.content import read_file
from copydesk_folder.names import from_uri, to_uri
from copydesk_folder.options import Kind, Options
from copydesk_folder.selection import Selection
from copydesk_folder.store_folder import is_store

_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_by_name = attrgetter("name")

_DEEPEST = 200  # folders; each takes three frames of Python's thousand


class Folder:
    """The source at work; its URIs are paths below the folder."""

    def __init__(self, options: Options) -> None:
        path = os.path.abspath(options.path)
        is_file = os.path.isfile(path)
        self._root, self._only = os.path.split(os.path.realpath(path)) if is_file else (path, "")
        self._prefix = os.path.join(self._root, "")
        self._options = options
        self._max_bytes = options.max_bytes
        self._quiet = options.quiet_seconds
        self._containers = frozenset(options.containers)
        self._selection = Selection(options)
        self._types = {
            ending: media_type_of(f"a{ending}")
            for ending in self._selection.sure
            if kind_of(f"a{ending}") not in self._containers
        }
        self._opened: tuple[str, Container] | None = None

    def items(self) -> Iterator[Listed]:
        """Yield every file below the folder, by name: as an item, or why it is none.

        A container comes as what is in it.
        """
        yield from self._walk("")

    def read(self, item: Item) -> bytes:
        """Return a file's bytes, unpacked if it is a `.gz`, or those of a container's member."""
        path = self._prefix + from_uri(item.uri)
        try:
            if item.member is None:
                return read_file(path, item.size, self._max_bytes)
            return self._open(item.uri, path).read(item)
        except FileNotFoundError as error:
            raise DocumentError("the file has vanished since it was listed") from error
        except OSError as error:
            raise DocumentError(f"the file cannot be read: {error.strerror or error}") from error
        except DamageError as error:
            raise DocumentError(str(error)) from error

    def close(self) -> None:
        """Let go of the container that was read last."""
        if self._opened is not None:
            self._opened[1].close()
            self._opened = None

    def _open(self, uri: str, path: str) -> Container:
        """Return the container, which stays open until another one is asked for."""
        if self._opened is None or self._opened[0] != uri:
            self.close()
            kind = kind_of(uri)
            if kind is None:
                raise DocumentError(f"{uri} is not the name of a container")
            self._opened = uri, open_container(kind, self._place(uri, path, os.stat(path)))
        return self._opened[1]

    def _place(self, uri: str, path: str, status: os.stat_result) -> Place:
        size, modified = status.st_size, status.st_mtime
        return Place(path, uri, size, modified, self._options, self._selection)

    def _walk(self, below: str) -> Iterator[Listed]:
        try:
            with os.scandir(self._prefix + below) as found:
                entries = sorted(found, key=_by_name)
                if self._only:
                    entries = [entry for entry in entries if entry.name == self._only]
        except OSError as error:
            reason = f"the folder cannot be read: {error.strerror or error}"
            yield Unreadable(to_uri(below) or ".", reason)
            return
        types = self._types
        for entry in entries:
            name = entry.name
            media_type = types.get(name[name.rfind(".") :])
            if media_type and name[0] not in ".~" and entry.is_file(follow_symlinks=False):
                yield self._article(entry, below + name, media_type)  # nearly all, so no detours
            else:
                yield from self._look(entry, below + name)

    def _look(self, entry: os.DirEntry[str], path: str) -> Iterator[Listed]:
        """Yield what comes of a folder, a container, a link or an odd file."""
        if entry.is_symlink():
            refused = self._refuse_link(path)
            if refused is not None:
                yield refused
                return
        if entry.is_dir():
            yield from self._folder(path, entry.name)
            return
        kind = kind_of(entry.name)
        if kind in self._containers:
            yield from self._container(entry, path, kind)
        elif reason := self._selection.refuse(path, entry.name):
            status = _examine(entry, to_uri(path), 0)
            yield Skipped(to_uri(path), reason) if isinstance(status, os.stat_result) else status
        else:
            yield self._article(entry, path, media_type_of(entry.name))

    def _folder(self, path: str, name: str) -> Iterator[Listed]:
        if path.count("/") > _DEEPEST:
            yield Unreadable(
                to_uri(path) + "/", f"more than {_DEEPEST} folders deep; not looked at"
            )
            return
        reason = self._selection.refuse_folder(path, name)
        if not reason and is_store(self._prefix + path):
            reason = "a store of copydesk, not documents"
        if reason:
            yield Skipped(to_uri(path) + "/", reason)
            return
        if self._selection.includes(path, name):
            reason = "a folder with the name of an article; what is in it is listed by itself"
            yield Unreadable(to_uri(path), reason)
        yield from self._walk(path + "/")

    def _container(self, entry: os.DirEntry[str], path: str, kind: Kind) -> Iterator[Listed]:
        uri = to_uri(path)
        status = _examine(entry, uri, self._quiet)
        if not isinstance(status, os.stat_result):
            yield status
        elif reason := self._selection.refuse_any(path, entry.name):
            yield Skipped(uri, reason)
        else:
            yield from list_members(kind, self._place(uri, self._prefix + path, status))

    def _article(self, entry: os.DirEntry[str], path: str, media_type: str) -> Listed:
        uri = to_uri(path)
        status = _examine(entry, uri, self._quiet)
        if not isinstance(status, os.stat_result):
            return status
        if status.st_size > self._max_bytes:
            reason = f"{status.st_size} bytes, more than max_bytes ({self._max_bytes})"
            return Unreadable(uri, reason)
        return Item(uri, None, media_type, None, status.st_size, status.st_mtime)

    def _refuse_link(self, path: str) -> Listed | None:
        """Return why a symbolic link is not followed, None where it leads to a file in here."""
        uri = to_uri(path)
        try:
            target = Path(self._root, path).resolve(strict=True)
        except (OSError, RuntimeError):
            return Unreadable(uri, "a symbolic link that leads nowhere")
        if not target.is_relative_to(Path(self._root).resolve()):
            return Skipped(uri, "a symbolic link that leaves the folder")
        if target.is_dir():
            return Skipped(uri, "a symbolic link to a folder that is listed by itself")
        return None


def _examine(entry: os.DirEntry[str], uri: str, quiet: float) -> os.stat_result | Listed:
    """Return the status of a regular file, or what to say of anything else."""
    try:
        status = entry.stat()
    except OSError as error:
        return Unreadable(uri, f"the file cannot be read: {error.strerror or error}")
    if stat.S_ISREG(status.st_mode):
        return Busy(uri) if quiet and _is_fresh(status, quiet) else status
    kind = _KINDS.get(stat.S_IFMT(status.st_mode), "no regular file")
    return Skipped(uri, f"{kind}, not a file")


def _is_fresh(status: os.stat_result, quiet: float) -> bool:
    """Return whether a file has changed in the last `quiet` seconds.

    A time in the future says so only if it is a clock's small error: else the file would never
    be read.
    """
    now = time.time()
    return any(abs(now - changed) < quiet for changed in (status.st_mtime, status.st_ctime))
