"""A folder on the path with distributions of others, as pip would leave them."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

STEP = '''
from attrs import frozen
from copydesk.api import Document, StepSpec, hookimpl

copydesk_api = ">=1,<2"

@frozen
class Options:
    marks: int = 1
    """How many exclamation marks to add."""

@frozen
class Shout:
    """Says everything louder."""

    options: Options

    def process(self, document: Document) -> Document:
        return document

@hookimpl
def copydesk_steps():
    return [StepSpec("acme.shout", Options, Shout)]
'''
"""The code of a plugin of which nothing can be said."""


@frozen
class Site:
    """Takes distributions."""

    folder: Path

    def add(self, name: str, code: str, *requires: str, module: str = "", entry: str = "") -> None:
        """Install a distribution with one entry point, called `it`."""
        module = module or name.replace("-", "_")
        (self.folder / f"{module}.py").write_text(code, encoding="utf-8")
        info = self.folder / f"{name.replace('-', '_')}-1.2.dist-info"
        info.mkdir()
        lines = [f"Requires-Dist: {each}\n" for each in requires]
        head = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n"
        (info / "METADATA").write_text(head + "".join(lines))
        (info / "entry_points.txt").write_text(f"[copydesk]\nit = {entry or module}\n")
