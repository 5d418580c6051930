"""A third party's package, installed with pip: listed, shown, linted and run like a bundled one."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from tests.root import ROOT

from copydesk.testing import Desk

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "copydesk-shout"
version = "2.5"

[project.entry-points.copydesk]
shout = "copydesk_shout"
"""
MODULE = '''
"""Says everything louder."""

from attrs import evolve, frozen
from copydesk.api import Document, StepSpec, hookimpl

copydesk_api = ">=1,<2"

@frozen
class Options:
    """How loud."""

    marks: int = 1
    """How many exclamation marks to add."""

@frozen
class Shout:
    """Writes the text in capitals."""

    options: Options

    def process(self, document: Document) -> Document:
        return document.with_text(document.text.upper() + "!" * self.options.marks)

@hookimpl
def copydesk_steps():
    return [StepSpec("shout", Options, Shout, needs=("text",), gives=("text",))]
'''
CHAIN = """
copydesk: 1
source: {use: folder, options: {path: SEEDS}}
chain: [encoding.chardet, {use: shout, options: {marks: 3}}]
store: {use: sqlite, options: {path: out.db}}
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk at which the outside package is installed."""
    folder = tmp_path_factory.mktemp("outside")
    project = folder / "project"
    project.mkdir()
    (project / "pyproject.toml").write_text(PROJECT)
    (project / "copydesk_shout.py").write_text(MODULE)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--target", folder / "site", project], check=True)
    (folder / "chain.yaml").write_text(CHAIN.replace("SEEDS", str(ROOT / "seeds")))
    return Desk(folder, {"PYTHONPATH": os.pathsep.join([str(folder / "site"), *sys.path])})


def test_it_is_listed_with_its_version(desk: Desk) -> None:
    """`copydesk plugins` names the step, its version and the distribution it comes from."""
    done = desk.copydesk("plugins", "--json")

    offers = {offer["name"]: offer for offer in json.loads(done.stdout)["offers"]}
    assert ("copydesk-shout", "2.5") == (offers["shout"]["plugin"], offers["shout"]["version"])


def test_it_is_shown_with_its_options(desk: Desk) -> None:
    """`copydesk plugins show` tells options with type, default and documentation."""
    shown = desk.copydesk("plugins", "show", "shout").stdout

    assert "marks: a whole number; default 1" in shown
    assert "How many exclamation marks to add." in shown
    assert "Writes the text in capitals." in shown


def test_its_options_are_checked(desk: Desk) -> None:
    """A wrong option of it is told with place and suggestion."""
    path = desk.folder / "wrong.yaml"
    path.write_text((desk.folder / "chain.yaml").read_text().replace("marks", "mark"))

    done = desk.copydesk("check", path)

    assert 2 == done.returncode
    assert "wrong.yaml:4:" in done.stdout
    assert "did you mean 'marks'" in done.stdout


def test_it_runs_in_a_chain(desk: Desk) -> None:
    """Its step runs, and the record says which version of which package did it."""
    assert 5 == desk.run("chain.yaml")["done"]

    record = desk.records()["003_4b29b17991f7c36e.txt"]
    step = record["steps"][1]
    assert record["text"].startswith("ELON MUSKS KI-UNTERNEHMEN XAI")
    assert record["text"].endswith("!!!")
    assert ("copydesk-shout", "2.5", "done") == (step["plugin"], step["version"], step["outcome"])
