"""What a distribution needs and what is not there, with the command that brings it."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from copydesk.plugin import Plugin

_NAMES = {
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "PIL": "pillow",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}  # libraries that go by another name at the package index


def requirements_of(distribution: str) -> list[Requirement]:
    """Return what a distribution says that it needs; what cannot be read is left out."""
    found = []
    try:
        lines = requires(distribution) or []
    except PackageNotFoundError:
        return []
    for line in lines:
        try:
            found.append(Requirement(line))
        except InvalidRequirement:
            continue
    return found


def find_unmet(distribution: str) -> Iterator[tuple[Requirement, str]]:
    """Yield what it needs whatever extras are chosen and does not have, with what is there."""
    for requirement in requirements_of(distribution):
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            there = version(requirement.name)
        except PackageNotFoundError:
            yield requirement, ""
        else:
            if not requirement.specifier.contains(there, prereleases=True):
                yield requirement, there


def tell_how_to_get(module: str, distribution: str) -> str:
    """Return the command that installs a missing module of a plugin's distribution.

    Of several extras that bring it the smallest is named: `dev` often holds all the others.
    """
    top = module.partition(".")[0]
    wanted = canonicalize_name(_NAMES.get(top, top))
    needed = requirements_of(distribution)
    sizes = Counter(map(_extra_of, needed))
    ways = [each for each in needed if canonicalize_name(each.name) in {wanted, f"python-{wanted}"}]
    if ways:
        best = min(ways, key=lambda way: (bool(_extra_of(way)), sizes[_extra_of(way)]))
        extra = _extra_of(best)
        what = f"{distribution}[{extra}]" if extra else str(best).partition(";")[0]
        return f"`pip install '{what.strip()}'`"
    return f"`pip install {wanted}`, and have {distribution} say that it needs it"


def find_absent(plugin: Plugin) -> list[str]:
    """Return the libraries that the code of a plugin imports anywhere and that are not there."""
    found = set()
    for file in plugin.files():
        try:
            tree = ast.parse(file.read_bytes())
        except (OSError, SyntaxError, ValueError):
            continue
        found |= {name.partition(".")[0] for name in _imports(tree)}
    return sorted(top for top in found - {""} if not _is_there(top))


def _extra_of(requirement: Requirement) -> str:
    """Return the extra that a requirement belongs to, nothing if it always holds."""
    marker = requirement.marker
    if marker is None or marker.evaluate({"extra": ""}):
        return ""
    words = str(marker).replace("(", " ").replace(")", " ").split()
    found = (
        word.strip("\"'")
        for before, word in zip(words, words[2:], strict=False)
        if before == "extra"
    )
    return next(found, "")


def _imports(tree: ast.AST) -> Iterator[str]:
    """Yield the modules that a file imports, at its top or later."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
        elif isinstance(node, ast.Call) and "import_extra" in ast.dump(node.func):
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _is_there(top: str) -> bool:
    if top in sys.stdlib_module_names:
        return True
    try:
        return importlib.util.find_spec(top) is not None
    except (ImportError, ValueError):
        return False
