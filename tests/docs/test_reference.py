"""What the program prints into the documents is what it prints today."""

from __future__ import annotations

import io
import json
import re
from contextlib import redirect_stdout
from importlib.resources import files
from pathlib import Path

import pytest
from tests.docs.surface import describe_surface
from tests.docs.walkthrough import read_fences
from tests.root import ROOT

from copydesk import spec
from copydesk.cli import make_parser
from copydesk.conditions.condition import compile_condition
from copydesk.registry import Registry, Seam
from copydesk.schemas.classes import describe_record

_PRINTED = re.compile(r"\[\[\[cog (.*?) \]\]\] -->\n(.*?)<!-- \[\[\[end\]\]\]", re.DOTALL)
_PAGES = sorted(
    page for page in (ROOT / "docs").rglob("*.md") if _PRINTED.search(page.read_text("utf-8"))
)
_EXPRESSIONS = [
    line
    for fence in read_fences(ROOT / "docs/conditions.md")
    if fence.language == "cel"
    for line in fence.text.splitlines()
]
_SHAPES = sorted(
    name
    for name, cls in vars(spec).items()
    if getattr(cls, "_is_protocol", False) and cls.__module__ == spec.__name__
)


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_printed_page_is_up_to_date(page: Path) -> None:
    """Every printed part of a page is what the program prints now; `make docs` writes it."""
    for code, shown in _PRINTED.findall(page.read_text("utf-8")):
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(code, {})

        assert printed.getvalue() == shown, "run `make docs`"


def test_every_reference_page_is_printed() -> None:
    """Each page of the reference has a part that the program prints."""
    assert set((ROOT / "docs/reference").iterdir()) <= set(_PAGES)


def test_shipped_schema_is_up_to_date() -> None:
    """The schema in the package is the one that the classes of the record describe."""
    shipped = files("copydesk").joinpath("record.schema.json").read_text("utf-8")

    assert describe_record() == json.loads(shipped), "run `make docs`"


@pytest.mark.parametrize("name", sorted(describe_surface()))
def test_public_name_has_a_heading(name: str) -> None:
    """Every hook and every public name has a heading and its exact signature in the reference."""
    signed = describe_surface()[name]
    page = _read("docs/reference/hooks.md")
    heading = signed.removeprefix("def ") if name.startswith("copydesk_") else name

    assert f"\n### `{heading}`\n" in page
    assert name.startswith("copydesk_") or f"```python\n{signed}\n```" in page


@pytest.mark.parametrize("shape", _SHAPES)
def test_shape_of_what_plugins_build_is_shown(shape: str) -> None:
    """Every protocol that a plugin may fulfil stands in the page of its seam, whole."""
    pages = [page.read_text("utf-8") for page in (ROOT / "docs/plugins").glob("*.md")]

    assert 1 == sum(f"```python\nclass {shape}(Protocol):" in page for page in pages)


def test_every_verb_has_a_section() -> None:
    """Every verb of the command line has a heading in the reference of commands."""
    headings = re.findall(r"^## copydesk (\w+)$", _read("docs/reference/commands.md"), re.MULTILINE)

    assert sorted(make_parser()[1]) == sorted(headings)


def test_every_bundled_plugin_has_a_section() -> None:
    """Every bundled source, step, store and executor has a heading in the reference of plugins."""
    headings = re.findall(r"^### (\S+)$", _read("docs/reference/plugins.md"), re.MULTILINE)
    registry = Registry.installed()
    seams: tuple[Seam, ...] = ("source", "step", "store", "executor")
    offers = [offer for seam in seams for offer in registry.offers(seam)]
    bundled = [offer.spec.name for offer in offers if offer.plugin == "copydesk"]

    assert sorted(bundled) == sorted(headings)


@pytest.mark.parametrize("expression", _EXPRESSIONS)
def test_condition_of_the_guide_is_one(expression: str) -> None:
    """Every condition that the guide shows compiles."""
    assert expression == compile_condition(expression).text


def _read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")
