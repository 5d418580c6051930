"""The example plugins, each installed with pip as a distribution of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs.test_types import check_with_mypy
from tests.root import ROOT

from copydesk.testing import Desk

EXAMPLES = sorted((ROOT / "docs/examples").iterdir())
FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>The Daily Example</title>
<item><title>Rain in Oslo</title><guid>rain</guid><pubDate>Mon, 04 May 2026 10:00:00 GMT</pubDate>
<description><![CDATA[<p>It rained in Oslo on Monday, for the first time since the fourth of May,
and the water department says that the public swimming pool will open again.</p>]]></description>
</item>
<item><title>Ships</title><guid>ships</guid><description>The container ships wait off the harbour
of Lisbon, and the port authority says that they will have to wait for another week.</description>
</item><item><title>Nothing</title><guid>nothing</guid></item></channel></rss>
"""
CHAIN = """copydesk: 1
source: {use: feeds, options: {path: feeds}}
chain:
  - encoding.chardet
  - {use: boilerplate.plain, when: document.media_type == "text/html"}
  - language.identify
  - {use: keywords.rake, options: {most: 2}}
store: {use: bulk, options: {path: out, index: news}}
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk at which the examples are installed."""
    folder = tmp_path_factory.mktemp("examples")
    offline = ["--no-index", "--no-build-isolation", "--no-deps", "--quiet"]
    pip = [sys.executable, "-m", "pip", "install", *offline]
    for example in EXAMPLES:
        shutil.copytree(example, folder / "projects" / example.name)
    projects = [folder / "projects" / example.name for example in EXAMPLES]
    subprocess.run([*pip, "--target", folder / "site", *projects], check=True)
    (folder / "feeds").mkdir()
    (folder / "feeds/daily.xml").write_text(FEED)
    (folder / "chain.yaml").write_text(CHAIN)
    return Desk(folder, {"PYTHONPATH": os.pathsep.join([str(folder / "site"), *sys.path])})


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_its_own_tests_pass(desk: Desk, example: Path) -> None:
    """The tests of an example pass where it is installed."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=desk.folder / "projects" / example.name,
        env={**os.environ, **desk.settings},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )

    assert 0 == done.returncode, done.stdout + done.stderr
    assert " passed" in done.stdout


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_its_types_are_right(example: Path, tmp_path: Path) -> None:
    """The module of an example passes mypy, with the settings of its own project."""
    shutil.copy(example / "pyproject.toml", tmp_path)
    for module in example.glob("*.py"):
        shutil.copy(module, tmp_path)

    assert "" == check_with_mypy(tmp_path)


def test_doctor_finds_nothing(desk: Desk) -> None:
    """There is nothing that the doctor would have mended."""
    done = desk.copydesk("plugins", "doctor", "copydesk-*", "--json")

    reports = json.loads(done.stdout)["plugins"]
    assert [example.name for example in EXAMPLES] == [it["distribution"] for it in reports]
    assert [[]] * 3 == [report["findings"] for report in reports]


def test_together_in_a_chain(desk: Desk) -> None:
    """Source, step and store of three strangers make records, and a second run changes nothing."""
    done = desk.copydesk("run", "chain.yaml", "--json")
    summary = json.loads(done.stdout)
    assert (2, 1, 0) == (summary["done"], summary["dropped"], summary["quarantined"]), done.stderr

    files = sorted((desk.folder / "out").glob("bulk-*.ndjson"))
    lines = "".join(file.read_text() for file in files).splitlines()
    requests = [json.loads(line)["index"] for line in lines[::2]]
    records = {record["metadata"]["title"]: record for record in map(json.loads, lines[1::2])}
    assert {"daily.xml#rain", "daily.xml#ships"} == {request["_id"] for request in requests}
    assert {"news"} == {request["_index"] for request in requests}
    assert "public swimming pool" in [
        keyword["phrase"] for keyword in records["Rain in Oslo"]["extra"]["keywords"]["phrases"]
    ]
    again = json.loads(desk.copydesk("run", "chain.yaml", "--json").stdout)
    assert (3, 0) == (again["unchanged"], again["done"])


def test_lock_of_such_a_chain(desk: Desk) -> None:
    """The lock names all three with their versions, and holds."""
    assert 0 == desk.copydesk("lock", "chain.yaml").returncode

    locked = json.loads((desk.folder / "chain.yaml.lock").read_text())["plugins"]
    names = [(it["name"], it["version"]) for it in locked if it["name"] != "copydesk"]
    assert [(example.name, "1.0") for example in EXAMPLES] == names
    assert 0 == desk.copydesk("plan", "chain.yaml", "--locked").returncode
    assert 2 == desk.copydesk("plan", "chain.yaml", "--no-external").returncode
