"""Tests of plugins before they are imported."""

from __future__ import annotations

import os
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from copydesk.plugin import Plugin, file_plugin, installed_plugins


def at(module: str) -> Plugin:
    """Return a plugin at a module."""
    return Plugin("acme:it", EntryPoint("it", module, "copydesk"), "acme", "1")


def test_installed_plugins_are_not_imported() -> None:
    """The bundled plugins are found by metadata alone, each once."""
    before = set(sys.modules)
    names = [plugin.name for plugin in installed_plugins() if plugin.is_own]

    assert {"copydesk:encoding", "copydesk:sqlite"} <= set(names)
    assert len(names) == len(set(names))
    assert not {name for name in set(sys.modules) - before if name.startswith("copydesk_")}


def test_file_plugin(tmp_path: Path) -> None:
    """A file goes by its name, and its version is its content."""
    path = tmp_path / "mine.py"
    path.write_text("")

    plugin = file_plugin(path)

    assert ("mine.py", "e3b0c44298fc") == (plugin.distribution, plugin.version)
    assert plugin.is_file
    assert not plugin.is_own
    assert "?" == file_plugin(tmp_path / "other.py").version


def test_file_that_was_mended_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code of the same size and second as before is read anew, and nothing is left beside it."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "mine.py"
    found = []
    for number in (1, 2):
        path.write_text(f"NUMBER = {number}")
        os.utime(path, (0, 0))
        found.append(file_plugin(path).load().NUMBER)

    assert [1, 2] == found
    assert ["mine.py"] == [each.name for each in tmp_path.iterdir()]


@pytest.mark.parametrize("layout", ["one.py", "one/__init__.py", "one/below.py", "one/a/b/c.py"])
def test_mentions(layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name in quotes is found in the code of a plugin, which does not run."""
    path = tmp_path / layout
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("raise SystemExit\nNAME = 'acme.shout'\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    assert at("one").mentions("acme.shout")
    assert not at("one").mentions("shout")
    assert "one" not in sys.modules
    assert file_plugin(path).mentions("acme.shout")


def test_mentions_where_nothing_can_be_read(tmp_path: Path) -> None:
    """A module that is not there mentions nothing."""
    assert not at("no_such_module.at.all").mentions("x")
    assert not file_plugin(tmp_path / "none.py").mentions("x")


def test_mentions_below_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a package only the module that the entry point names is read."""
    package = tmp_path / "two"
    package.mkdir()
    (package / "one.py").write_text("'here'")
    (package / "other.py").write_text("'there'")
    monkeypatch.syspath_prepend(str(tmp_path))

    assert at("two.one").mentions("here")
    assert not at("two.one").mentions("there")
