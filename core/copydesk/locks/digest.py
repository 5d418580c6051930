"""Hashes the code of a plugin's distribution as it lies on the disk, without importing it."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from hashlib import sha256
from importlib.machinery import ModuleSpec
from importlib.metadata import Distribution
from pathlib import Path

from copydesk.hookspecs import GROUP

_LEFT_OUT = {".pyc", ".pyo", ".pth"}
_NO_MODULES = (".dist-info", ".egg-info", ".data")
_EDITABLE = ("__editable__", "_editable_impl_", "__pycache__", ".")


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    return sha256(path.read_bytes()).hexdigest()


def hash_distribution(distribution: Distribution) -> str:
    """Return the SHA-256 of the packages of a distribution and of its entry points, in hex.

    It covers what would be imported: the same code has the same hash wherever it is installed, as a
    wheel or editable, and code that hides it on the path has another one.
    """
    digest = sha256()
    entries = sorted(f"{e.name}={e.value}" for e in distribution.entry_points if e.group == GROUP)
    digest.update("\n".join(entries).encode())
    for name, file in sorted(_files(distribution)):
        digest.update(f"\n{name}\0{hash_file(file)}".encode())
    return digest.hexdigest()


def _files(distribution: Distribution) -> Iterator[tuple[str, Path]]:
    """Yield the files of a distribution with their names from the folder they are installed in."""
    seen: set[str] = set()
    for module in sorted(_modules(distribution)):
        for place in _places(module):
            for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
                parts = (*module.split(".")[:-1], *file.relative_to(place.parent).parts)
                if _counts(file, parts) and "/".join(parts) not in seen:
                    seen.add("/".join(parts))
                    yield "/".join(parts), file


def _modules(distribution: Distribution) -> set[str]:
    """Return the modules and packages of a distribution, the outermost that are its own."""
    found = set()
    for entry in distribution.entry_points:
        if entry.group == GROUP:
            top = entry.module.partition(".")[0]
            found.add(entry.module if _is_shared(top) else top)
    for file in distribution.files or ():
        top = file.parts[0]
        if top == ".." or top.endswith(_NO_MODULES) or top.startswith(_EDITABLE):
            continue
        module = top.removesuffix(".py")
        if (len(file.parts) > 1 or file.suffix == ".py") and not _is_shared(module):
            found.add(module)
    return found


def _is_shared(top: str) -> bool:
    """Return whether others may have modules in a package too: it is a namespace."""
    spec = _find(top)
    return spec is not None and spec.origin is None


def _places(module: str) -> Iterator[Path]:
    """Yield the folders of a package, or the file of a module."""
    top, *below = module.split(".")
    spec = _find(top)
    if spec is None:
        return
    if not spec.submodule_search_locations:
        yield Path(spec.origin or "")
    for folder in spec.submodule_search_locations or ():
        place = Path(folder, *below)
        yield place if place.is_dir() else place.with_suffix(".py")


def _find(top: str) -> ModuleSpec | None:
    try:
        return importlib.util.find_spec(top)  # runs nothing, as there is no dot in it
    except (ImportError, ValueError):
        return None


def _counts(file: Path, parts: tuple[str, ...]) -> bool:
    hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
    return not hidden and file.suffix not in _LEFT_OUT and file.is_file()
