"""Tests of the chains in `config/`, against the plugins that are installed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.root import ROOT

from copydesk.config.load import check
from copydesk.config.node import plain
from copydesk.config.reader import read
from copydesk.registry import Registry
from copydesk.schemas.chains import describe_config
from copydesk.testing import Desk

CHAINS = sorted((ROOT / "config").glob("*.yaml"))
SCHEMA = ROOT / "config/chain.schema.json"


@pytest.fixture(scope="module")
def registry() -> Registry:
    """Return the installed plugins, once."""
    return Registry.installed()


@pytest.mark.parametrize("path", CHAINS, ids=lambda path: path.name)
def test_chains_are_clean(path: Path, registry: Registry) -> None:
    """Each chain that is shipped has no fault and no warning, and is valid."""
    node = read(path, [])
    assert node is not None

    assert [] == check(path, registry)
    assert [] == list(
        jsonschema.Draft202012Validator(describe_config(registry)).iter_errors(plain(node))
    )


@pytest.mark.parametrize("path", CHAINS, ids=lambda path: path.name)
def test_chains_name_their_schema(path: Path) -> None:
    """The first line of each chain tells editors where its schema is."""
    first = path.read_text(encoding="utf-8").splitlines()[0]

    assert "# yaml-language-server: $schema=chain.schema.json" == first


@pytest.mark.parametrize("path", CHAINS, ids=lambda path: path.name)
def test_chains_pass_their_tests(path: Path, desk: Desk) -> None:
    """Each chain has tests, its own or of what it includes, and passes them."""
    done = desk.copydesk("test", path)

    assert 0 == done.returncode, done.stdout
    assert " passed in " in done.stdout


@pytest.mark.parametrize("name", ["news", "thorough"])
def test_pages_without_main_content(name: str, desk: Desk) -> None:
    """The thorough chain keeps all the text of a page that the default one gives up."""
    (desk.folder / "aside.html").write_text("<aside>Rain in Oslo</aside>", encoding="utf-8")
    desk.run(ROOT / f"config/{name}.yaml", desk.folder)
    records = desk.records()

    assert ({"aside.html"} if name == "thorough" else set()) == set(records)
    for record in records.values():
        assert "Rain in Oslo" == record["text"]
        assert [("trafilatura", "failed"), ("plain", "done")] == [
            (step["label"], step["outcome"]) for step in record["steps"][1:3]
        ]


def test_schema_is_up_to_date(registry: Registry) -> None:
    """The schema beside the chains is what `copydesk schema config` prints: write it anew."""
    shipped: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    bundled = describe_config(registry)

    assert bundled["$defs"] == shipped["$defs"]
    assert bundled == shipped
