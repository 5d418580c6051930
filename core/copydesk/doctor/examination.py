"""Imports one plugin, in a process for that alone, and writes down what it is like.

Usage: `python -m copydesk.doctor.examination entry|file NAME OUTPUT`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import Any

import msgspec
from attrs import asdict, evolve, field, frozen

from copydesk.errors import PluginError
from copydesk.fields import fields_of
from copydesk.plugin import Plugin, file_plugin, installed_plugins
from copydesk.registry import SEAMS, Offer, Registry

BEGINS = "copydesk: the examination begins"
"""Stands on stderr before anything that the plugin does."""


@frozen
class Offered:
    """What a plugin offers, as far as it matters here."""

    seam: str
    name: str
    undocumented: tuple[str, ...] = ()
    """Options without a docstring."""
    has_summary: bool = True
    """Whether it says what it does."""


@frozen
class Examination:
    """What came of importing a plugin."""

    seconds: float
    """CPU that the import took."""
    kind: str = ""
    """`broken` or `incompatible`, if it cannot be used."""
    detail: str = ""
    """Why not."""
    missing: str = ""
    """A module that it imports and that is not there."""
    api: str = ""
    """The range of versions of the API that it states."""
    offers: tuple[Offered, ...] = field(default=())


@frozen
class _Imported(Plugin):
    """A plugin after its import."""

    loaded: ModuleType

    def load(self) -> ModuleType:
        return self.loaded


def examine(plugin: Plugin) -> Examination:
    """Import a plugin and ask it for its offers; only ever called in a process for that alone."""
    began = process_time()
    try:
        module = plugin.load()
    except SystemExit as error:
        return _fail(began, f"it exits when it is imported, with {error.code}")
    except Exception as error:  # noqa: BLE001 - told, whatever it is
        missing = error.name if isinstance(error, ModuleNotFoundError) else None
        detail = (
            str(error) if isinstance(error, PluginError) else f"{type(error).__name__}: {error}"
        )
        return evolve(_fail(began, detail), missing=missing or "")
    registry = Registry([_Imported(**asdict(plugin, recurse=False), loaded=module)])
    found = Examination(
        process_time() - began,
        api=str(getattr(module, "copydesk_api", "")),
        offers=tuple(_describe(offer) for seam in SEAMS for offer in registry.offers(seam)),
    )
    for problem in registry.problems:
        return evolve(found, kind=problem.kind, detail=problem.detail)
    return found


def _fail(began: float, detail: str) -> Examination:
    return Examination(process_time() - began, "broken", detail)


def _describe(offer: Offer) -> Offered:
    undocumented = [each.name for each in fields_of(offer.spec.options) if not each.documentation]
    return Offered(offer.seam, offer.spec.name, tuple(undocumented), bool(offer.summary))


def main(words: list[str]) -> None:
    """Examine the plugin that the command line names, and write the result as JSON."""
    kind, name, output = words
    if kind == "file":
        plugin = file_plugin(Path(name))
    else:
        plugin = next(plugin for plugin in installed_plugins() if plugin.name == name)
    print(BEGINS, file=sys.stderr, flush=True)  # noqa: T201 - for the one who has started this
    found: Any = examine(plugin)
    Path(output).write_bytes(msgspec.json.encode(found))


if __name__ == "__main__":
    main(sys.argv[1:])
