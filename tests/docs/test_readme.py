"""The README is true: its record, its chain and its plugin."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest
from tests.docs.walkthrough import Fence, read_fences
from tests.root import ROOT

from copydesk.testing import Desk

_FENCES = read_fences(ROOT / "README.md")


def _fence(name: str) -> Fence:
    """Return the one fenced block that writes a file, or is of a language."""
    (found,) = [fence for fence in _FENCES if name in {fence.file, fence.language}]
    return found


@pytest.fixture
def readme(desk: Desk) -> Desk:
    """Return a desk with the chain and the plugin of the README, and the seeds."""
    shutil.copytree(ROOT / "seeds", desk.folder / "seeds")
    for name in ("articles.yaml", "reading.py"):
        (desk.folder / name).write_text(_fence(name).text, "utf-8")
    return desk


def test_record_is_one_that_comes_out(readme: Desk) -> None:
    """Whatever the README's record shows is in the record that the default chain makes."""
    shown = json.loads(_fence("json").text)
    readme.run(ROOT / "config/news.yaml", readme.folder / "seeds")

    found = readme.records()[shown["source"]["uri"]]

    assert list(shown) == [field for field in found if field in shown]
    assert [] == list(_differences(shown, found, "record"))


def test_chain_has_no_faults(readme: Desk) -> None:
    """The README's chain is clean."""
    done = readme.copydesk("check", "articles.yaml")

    assert (0, "") == (done.returncode, done.stdout)


def test_plugin_runs(readme: Desk) -> None:
    """The README's plugin, added to its chain as it says, adds to each record."""
    assert 10 >= sum(1 for line in _fence("reading.py").text.splitlines() if line)
    chain = (
        _fence("articles.yaml")
        .text.replace("chain:\n", "plugins: [./reading.py]\nchain:\n")
        .replace("store:\n", "  - reading.time\nstore:\n")
    )
    (readme.folder / "articles.yaml").write_text(chain, "utf-8")

    readme.run("articles.yaml")
    minutes = [record["extra"]["reading"]["minutes"] for record in readme.records().values()]

    assert 5 == len(minutes)
    assert 3.1 in minutes


def _differences(shown: Any, found: Any, place: str) -> Any:
    """Yield the places where what is shown is not what was found; a `…` stands for anything."""
    if isinstance(shown, dict):
        for key, value in shown.items():
            yield from _differences(value, found[key], f"{place}.{key}")
    elif isinstance(shown, list):
        assert "…" in shown or len(shown) == len(found), place
        for number, value in enumerate(value for value in shown if value != "…"):
            yield from _differences(value, found[number], f"{place}[{number}]")
    elif isinstance(shown, str):
        before, cut, after = shown.partition("…")
        fits = found.startswith(before) and found.endswith(after) if cut else shown == found
        if not fits:
            yield place, shown, found
    elif shown != pytest.approx(found, abs=0.01):  # confidences move a little with the models
        yield place, shown, found
