"""A plugin before it is imported: where it is, whose it is, and which version."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.machinery import SourceFileLoader
from importlib.metadata import Distribution, EntryPoint, entry_points
from itertools import islice
from pathlib import Path
from types import CodeType, ModuleType

from attrs import frozen

from copydesk import hookspecs

OWN = "copydesk"
"""The distribution whose plugins come with Copydesk; all others are external."""

_MOST = 1000  # files of a package that are read


@frozen
class Plugin:
    """An entry point, or a file that a chain lists."""

    name: str
    """`distribution:entry`, or the path of the file."""
    entry: EntryPoint | Path
    distribution: str
    """For a file its name."""
    version: str
    """For a file the beginning of its hash."""

    @property
    def is_file(self) -> bool:
        """Whether it is a single file."""
        return isinstance(self.entry, Path)

    @property
    def module(self) -> str:
        """The module that an entry point names; nothing for a file."""
        return "" if isinstance(self.entry, Path) else self.entry.module

    @property
    def is_own(self) -> bool:
        """Whether it comes with Copydesk."""
        return not self.is_file and self.distribution == OWN

    def load(self) -> ModuleType:
        """Import it; raises whatever its code raises."""
        if isinstance(self.entry, Path):
            return _import_file(self.entry)
        return self.entry.load()  # type: ignore[no-any-return]

    def mentions(self, name: str) -> bool:
        """Return whether its code, which is read and not run, holds a name as a text."""
        written = re.compile(rf"""(["']){re.escape(name)}\1""")
        for file in self.files():
            try:
                if written.search(file.read_text(encoding="utf-8", errors="replace")):
                    return True
            except OSError:
                continue
        return False

    def files(self) -> Iterator[Path]:
        """Yield the files of its code, without importing it; of a very large package not all."""
        return islice(self._files(), _MOST)

    def _files(self) -> Iterator[Path]:
        if isinstance(self.entry, Path):
            yield self.entry
            return
        top, *below = self.entry.module.split(".")
        try:
            spec = importlib.util.find_spec(top)  # runs nothing, as there is no dot in it
        except (ImportError, ValueError):
            return
        for folder in (spec and spec.submodule_search_locations) or ():
            place = Path(folder, *below)
            yield from sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
        if spec and spec.origin and not spec.submodule_search_locations:
            yield Path(spec.origin)


def installed_plugins() -> Iterator[Plugin]:
    """Yield each entry point once, even when a distribution is on the path twice.

    Only metadata is read: nothing is imported.
    """
    found: dict[tuple[str, str], Plugin] = {}
    for entry in entry_points(group=hookspecs.GROUP):
        distribution, version = _facts(entry.dist)
        name = f"{distribution}:{entry.name}"
        found.setdefault((distribution, entry.name), Plugin(name, entry, distribution, version))
    for key in sorted(found):
        yield found[key]


def file_plugin(path: Path) -> Plugin:
    """Return the plugin that a single file is."""
    try:
        digest = sha256(path.read_bytes()).hexdigest()[:12]
    except OSError:  # loading it says why
        digest = "?"
    return Plugin(str(path), path, path.name, digest)


@cache  # each reading parses the whole metadata, with the README in it
def _facts(distribution: Distribution | None) -> tuple[str, str]:
    """Return name and version of a distribution."""
    if distribution is None:
        return "?", "?"
    facts = distribution.metadata
    return facts["Name"], facts["Version"]


class _FreshLoader(SourceFileLoader):
    """Reads the source each time and leaves no byte code beside a chain.

    Byte code is taken for current if the source has the same size and second: a file that was
    mended at once would run as it was, under the version of what it is.
    """

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def _import_file(path: Path) -> ModuleType:
    name = f"copydesk_file_{path.stem}"
    loader = _FreshLoader(name, str(path))
    spec = importlib.util.spec_from_file_location(name, path, loader=loader)
    if spec is None or spec.loader is None or not path.is_file():
        raise ImportError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
