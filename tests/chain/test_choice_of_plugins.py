"""Plugins of others are loaded only where the chain, the environment and the user let them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.root import ROOT

from copydesk.testing import Desk

PLUGIN = """
from pathlib import Path
from copydesk.api import NoOptions, StepSpec, hookimpl

Path(FOLDER, "it-ran").touch()

class Same:
    def __init__(self, options): pass
    def process(self, document): return document

@hookimpl
def copydesk_steps():
    return [StepSpec("outside.same", NoOptions, Same)]
"""
CHAIN = """copydesk: 1
plugins: PLUGINS
source: {use: folder, options: {path: SEEDS}}
chain: [encoding.chardet, outside.same]
store: {use: sqlite, options: {path: out.db}}
"""


@pytest.fixture
def outside(tmp_path: Path) -> Desk:
    """Return a desk with a distribution of someone else on the path."""
    site = tmp_path / "site"
    info = site / "acme_outside-1.2.dist-info"
    info.mkdir(parents=True)
    (site / "acme_outside.py").write_text(PLUGIN.replace("FOLDER", repr(str(tmp_path))))
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-outside\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text("[copydesk]\nit = acme_outside\n")
    write(tmp_path, "[]")
    return Desk(tmp_path, {"PYTHONPATH": str(site)})


def write(folder: Path, plugins: str) -> None:
    """Write the chain with what it says of plugins."""
    text = CHAIN.replace("PLUGINS", plugins).replace("SEEDS", str(ROOT / "seeds"))
    (folder / "chain.yaml").write_text(text)


def test_it_runs_where_nothing_is_said(outside: Desk) -> None:
    """An installed plugin is loaded, and a chain can use it."""
    assert 5 == outside.run("chain.yaml")["done"]
    assert (outside.folder / "it-ran").exists()


@pytest.mark.parametrize("plugins", ["{allow: [acme-outside]}", "{block: [acme-inside, 'x-*']}"])
def test_it_runs_where_it_is_allowed(outside: Desk, plugins: str) -> None:
    """A plugin that the chain names as allowed, or does not block, is loaded."""
    write(outside.folder, plugins)

    assert 5 == outside.run("chain.yaml")["done"]


@pytest.mark.parametrize(
    ("plugins", "refusal"),
    [
        ("{block: [acme-outside]}", "blocked by chain.yaml:2:19"),
        ("{block: [acme-*]}", "blocked by chain.yaml:2:19"),
        ("{allow: []}", "not allowed by chain.yaml:2:18"),
    ],
)
def test_the_chain_blocks(outside: Desk, plugins: str, refusal: str) -> None:
    """What the chain blocks is not imported, and using it is a fault that names both places."""
    write(outside.folder, plugins)

    done = outside.copydesk("run", "chain.yaml")

    assert 2 == done.returncode
    assert (
        "copydesk: chain.yaml:4:27: the step 'outside.same' is offered by acme-outside, which is "
        f"{refusal}; change that, or use another step\n"
    ) == done.stderr
    assert not (outside.folder / "it-ran").exists()


@pytest.mark.parametrize(
    ("words", "settings", "refusal"),
    [
        (["--no-external"], {}, "not allowed by --no-external"),
        ([], {"COPYDESK_PLUGINS_ALLOW": ""}, "not allowed by COPYDESK_PLUGINS_ALLOW"),
        ([], {"COPYDESK_PLUGINS_BLOCK": "Acme.Outside"}, "blocked by COPYDESK_PLUGINS_BLOCK"),
    ],
)
def test_the_user_blocks(
    outside: Desk, words: list[str], settings: dict[str, str], refusal: str
) -> None:
    """The command line and the environment have the last word, whatever the chain allows."""
    write(outside.folder, "{allow: [acme-outside]}")
    desk = Desk(outside.folder, {**outside.settings, **settings})

    for verb in ("run", "check", "plan"):
        done = desk.copydesk(verb, "chain.yaml", *words)

        assert 2 == done.returncode
        assert f"which is {refusal}; " in done.stdout + done.stderr
    assert not (outside.folder / "it-ran").exists()


def test_files_of_the_chain(outside: Desk) -> None:
    """Files that a chain lists need no leave of the chain's own, but that of the user."""
    plugin = PLUGIN.replace("FOLDER", repr(str(outside.folder))).replace("outside.", "inside.")
    (outside.folder / "mine.py").write_text(plugin)
    write(outside.folder, "{files: [./mine.py], allow: []}")
    chain = outside.folder / "chain.yaml"
    chain.write_text(chain.read_text().replace("outside.", "inside."))

    assert 5 == outside.run("chain.yaml")["done"]

    done = outside.copydesk("run", "chain.yaml", "--no-external")
    assert "is offered by mine.py, which is not allowed by --no-external" in done.stderr


def test_what_is_blocked_is_listed(outside: Desk) -> None:
    """`copydesk plugins` tells what was not loaded and why; that is no trouble."""
    done = outside.copydesk("plugins", "list", "--json", "--no-external")

    assert 0 == done.returncode
    assert [
        {
            "plugin": "acme-outside:it",
            "kind": "blocked",
            "detail": "not allowed by --no-external",
            "names": [],
        }
    ] == json.loads(done.stdout)["problems"]
    assert "blocked: acme-outside:it: not allowed by --no-external\n" == done.stderr
