"""Decides by its name whether a file, or the member of an archive, is an article."""

from __future__ import annotations

import re
from typing import Any

from copydesk_folder.options import Options

_TEMPORARY = ("~", ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", ".bak")
_ENDING = re.compile(r"\*((?:\.[a-z0-9_-]+)+)", re.IGNORECASE | re.ASCII)

EXCLUDED = "a glob of the option exclude matches"
NOT_INCLUDED = "no glob of the option include matches"


class Selection:
    """The names that the options choose."""

    def __init__(self, options: Options) -> None:
        self._include = _Globs(options.include)
        self._exclude = _Globs(options.exclude) if options.exclude else None
        self.sure = frozenset[str]() if options.exclude else self._include.extensions
        """Endings that are enough, where the name does not begin with `.` or `~`."""

    def refuse(self, path: str, name: str) -> str:
        """Return why the file at `path`, whose name is `name`, is left out; else nothing."""
        reason = self.refuse_any(path, name)
        if reason or self._include.match(path, name):
            return reason
        return NOT_INCLUDED

    def refuse_any(self, path: str, name: str) -> str:
        """Return why anything of this name would be left out, whatever is in it."""
        if name.lower().endswith(_TEMPORARY) or name.startswith("~$"):
            return "a temporary file, by its name"
        return self.refuse_folder(path, name)

    def refuse_folder(self, path: str, name: str) -> str:
        """Return why what is below a folder is left out; else nothing."""
        if name.startswith("."):
            return "hidden: its name begins with a dot"
        return EXCLUDED if self._exclude and self._exclude.match(path, name) else ""

    def includes(self, path: str, name: str) -> bool:
        """Return whether `include` has this name."""
        return self._include.match(path, name)


class _Globs:
    """Globs for names, and globs with a `/` for paths; plain endings are compared as such."""

    def __init__(self, globs: tuple[str, ...]) -> None:
        endings = [match[1].lower() for match in map(_ENDING.fullmatch, globs) if match]
        others = [glob for glob in globs if not _ENDING.fullmatch(glob)]
        self._endings = tuple(endings)
        self.extensions = frozenset(
            ending for ending in endings if ending.rfind(".") == 0 and ending not in _TEMPORARY
        )
        """Last parts of a name that are enough to match."""
        self._names = _compile([glob for glob in others if "/" not in glob])
        self._paths = _compile([glob for glob in others if "/" in glob])

    def match(self, path: str, name: str) -> bool:
        return bool(
            name.lower().endswith(self._endings)
            or (self._names and self._names.match(name))
            or (self._paths and self._paths.match(path))
        )


def _compile(globs: list[str]) -> Any:
    """Return a matcher; most chains need none, and importing its library takes 18 ms."""
    if not globs:
        return None
    from wcmatch import glob  # noqa: PLC0415

    flags = glob.GLOBSTAR | glob.BRACE | glob.DOTGLOB | glob.IGNORECASE | glob.FORCEUNIX
    return glob.compile(globs, flags=flags)
