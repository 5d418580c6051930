"""Lists the files below a folder and reads them, refusing what would harm a run."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from wcmatch import glob

from copydesk.api import DocumentError, Item, Listed, Skipped, Unreadable, media_type_of
from copydesk_folder.content import read_file
from copydesk_folder.names import from_uri, to_uri
from copydesk_folder.options import Options

_GLOB = glob.GLOBSTAR | glob.BRACE | glob.DOTGLOB | glob.IGNORECASE | glob.FORCEUNIX
_TEMPORARY = ("~", ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", ".bak")
_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class Folder:
    """The source at work; its URIs are paths below the folder."""

    def __init__(self, options: Options) -> None:
        self._root = os.path.abspath(options.path)
        self._max_bytes = options.max_bytes
        self._include = _Globs(options.include)
        self._exclude = _Globs(options.exclude)

    def items(self) -> Iterator[Listed]:
        """Yield every file below the folder, by name: as an item, or why it is none."""
        yield from self._walk("")

    def read(self, item: Item) -> bytes:
        """Return a file's bytes, unpacked if it is a `.gz`."""
        path = os.path.join(self._root, from_uri(item.uri))
        try:
            return read_file(path, self._max_bytes)
        except FileNotFoundError as error:
            raise DocumentError("the file has vanished since it was listed") from error
        except OSError as error:
            raise DocumentError(f"the file cannot be read: {error.strerror or error}") from error

    def _walk(self, below: str) -> Iterator[Listed]:
        try:
            with os.scandir(os.path.join(self._root, below)) as found:
                entries = sorted(found, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            reason = f"the folder cannot be read: {error.strerror or error}"
            yield Unreadable(to_uri(below) or ".", reason)
            return
        for entry in entries:
            yield from self._look(entry, below + entry.name)

    def _look(self, entry: os.DirEntry[str], name: str) -> Iterator[Listed]:
        if entry.is_symlink():
            refused = self._refuse_link(name)
            if refused is not None:
                yield refused
                return
        if not entry.is_dir():
            yield self._file(entry, name)
            return
        reason = _hidden(entry.name) or self._excluded(name)
        if reason:
            yield Skipped(to_uri(name) + "/", reason)
            return
        if self._include.match(name):
            reason = "a folder with the name of an article; what is in it is listed by itself"
            yield Unreadable(to_uri(name), reason)
        yield from self._walk(name + "/")

    def _file(self, entry: os.DirEntry[str], name: str) -> Listed:
        uri = to_uri(name)
        try:
            status = entry.stat()
        except OSError as error:
            return Unreadable(uri, f"the file cannot be read: {error.strerror or error}")
        if not stat.S_ISREG(status.st_mode):
            kind = _KINDS.get(stat.S_IFMT(status.st_mode), "no regular file")
            return Skipped(uri, f"{kind}, not a file")
        reason = _hidden(entry.name) or _temporary(entry.name) or self._excluded(name)
        if reason:
            return Skipped(uri, reason)
        if not self._include.match(name):
            return Skipped(uri, "no glob of the option include matches")
        if status.st_size > self._max_bytes:
            reason = f"{status.st_size} bytes, more than max_bytes ({self._max_bytes})"
            return Unreadable(uri, reason)
        return Item(
            uri,
            media_type=media_type_of(entry.name),
            size=status.st_size,
            modified=status.st_mtime,
        )

    def _excluded(self, name: str) -> str:
        return "a glob of the option exclude matches" if self._exclude.match(name) else ""

    def _refuse_link(self, name: str) -> Listed | None:
        """Return why a symbolic link is not followed, None where it leads to a file in here."""
        uri = to_uri(name)
        path = Path(self._root, name)
        try:
            target = path.resolve(strict=True)
        except (OSError, RuntimeError):
            return Unreadable(uri, "a symbolic link that leads nowhere")
        if not target.is_relative_to(Path(self._root).resolve()):
            return Skipped(uri, "a symbolic link that leaves the folder")
        if target.is_dir():
            return Skipped(uri, "a symbolic link to a folder that is listed by itself")
        return None


class _Globs:
    """Globs for names, and globs with a `/` for paths."""

    def __init__(self, globs: tuple[str, ...]) -> None:
        names = [one for one in globs if "/" not in one]
        paths = [one for one in globs if "/" in one]
        self._names = glob.compile(names, flags=_GLOB) if names else None
        self._paths = glob.compile(paths, flags=_GLOB) if paths else None

    def match(self, path: str) -> bool:
        name = path.rpartition("/")[2]
        return bool(
            (self._names and self._names.match(name)) or (self._paths and self._paths.match(path))
        )


def _hidden(name: str) -> str:
    return "hidden: its name begins with a dot" if name.startswith(".") else ""


def _temporary(name: str) -> str:
    if name.lower().endswith(_TEMPORARY) or name.startswith("~$"):
        return "a temporary file, by its name"
    return ""
