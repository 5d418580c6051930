"""Tests of what a chain says of its plugins."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from tests.core.config.samples import CHAIN, make_registry, write_chain

from copydesk.admission import Rule
from copydesk.config.load import check, load, select_plugins
from copydesk.plugin import Plugin, file_plugin
from copydesk.registry import Registry


@pytest.fixture
def registry() -> Registry:
    """Return a registry that knows a plugin of someone else."""
    registry = make_registry()
    entry = EntryPoint("shout", "acme", "copydesk")
    registry.known = (Plugin("acme-shout:shout", entry, "acme-shout", "1"),)
    return registry


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Return a file of plugins beside the chain."""
    path = tmp_path / "mine.py"
    path.touch()
    return path


def test_list_of_files(tmp_path: Path, mine: Path) -> None:
    """A list is short for a mapping with files."""
    path = write_chain(tmp_path, f"{CHAIN}plugins: [./mine.py]\n")
    long = write_chain(tmp_path, f"{CHAIN}plugins: {{files: [./mine.py]}}\n")

    assert select_plugins(long) == select_plugins(path)
    assert (mine,) == select_plugins(path).files
    assert (mine,) == load(long, make_registry()).plugins


def test_rules_know_their_places(tmp_path: Path) -> None:
    """Each name that is blocked, and the list of those allowed, is a rule with its place."""
    text = f"{CHAIN}plugins:\n  block: [acme-shout, 'x-*']\n  allow: [other]\n"
    path = write_chain(tmp_path, text)
    line = len(CHAIN.splitlines()) + 2

    assert (
        Rule(f"{path}:{line}:11", block=("acme-shout",)),
        Rule(f"{path}:{line}:23", block=("x-*",)),
        Rule(f"{path}:{line + 1}:10", allow=("other",), spares_files=True),
    ) == select_plugins(path).rules


@pytest.mark.parametrize(
    ("written", "allowed", "blocked"),
    [
        ("{allow: acme-shout}", ("acme-shout",), ()),
        ("{allow: }", (), ()),
        ("{allow: [3]}", (), ()),
        ("{block: acme-shout}", None, ("acme-shout",)),
    ],
)
def test_wrong_shapes_rather_block(
    written: str, allowed: tuple[str, ...] | None, blocked: tuple[str, ...], tmp_path: Path
) -> None:
    """Where a name should be in a list, nothing is loaded that someone meant to keep out."""
    rules = select_plugins(write_chain(tmp_path, f"{CHAIN}plugins: {written}\n")).rules

    assert [allowed] * (allowed is not None) == [r.allow for r in rules if r.allow is not None]
    assert blocked == tuple(name for rule in rules for name in rule.block)


def test_chain_that_cannot_be_read(tmp_path: Path) -> None:
    """No external plugin is loaded for a chain that no one can read."""
    path = write_chain(tmp_path, "copydesk: [")

    assert (Rule(str(path), allow=()),) == select_plugins(path).rules


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{file: [x.py]}", "unknown option 'file' of plugins; did you mean 'files'?"),
        ("{files: [./min.py]}", "'min.py' does not exist; did you mean 'mine.py'?"),
        ("{allow: acme-shout}", "allow: found 'acme-shout'; give a list of texts"),
        (
            "{block: [acme-shuot]}",
            "warning: block: no plugin 'acme-shuot' is installed; did you mean 'acme-shout'?",
        ),
        (
            "{allow: [entities.names]}",
            "warning: allow: 'entities.names' is a step; name the plugin that offers it, 'sample'",
        ),
        ("{block: [something-else], allow: ['acme-*', acme-shout]}", None),
        ("3", "plugins: found the number 3; give a list of paths or a mapping"),
    ],
)
def test_faults(written: str, told: str | None, registry: Registry, mine: Path) -> None:
    """What cannot be read is a fault; a name that seems misspelt is a warning."""
    path = write_chain(mine.parent, f"{CHAIN}plugins: {written}\n")

    faults = [str(fault).replace(f"{mine.parent}/", "") for fault in check(path, registry)]

    assert ([told] if told else []) == [fault.split(": ", 1)[1] for fault in faults]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "1 / 0",
            (
                "'mine.py' cannot be loaded: ZeroDivisionError: division by zero; "
                "mend it, or take it out"
            ),
        ),
        (
            "raise SystemExit(3)",
            "'mine.py' cannot be loaded: it exits on import: 3; mend it, or take it out",
        ),
    ],
)
def test_files_that_cannot_be_loaded(code: str, told: str, mine: Path) -> None:
    """A file of plugins that is broken is a warning where it is listed, used or not."""
    mine.write_text(code)
    path = write_chain(mine.parent, f"{CHAIN}plugins: [mine.py]\n")
    registry = make_registry()
    registry.problems += Registry([file_plugin(mine)]).problems

    (fault,) = check(path, registry)

    assert ("warning", 11) == (fault.severity, fault.place.column)
    assert told == fault.message.replace(f"{mine.parent}/", "")


def test_what_is_blocked_and_used(mine: Path) -> None:
    """A step of a blocked plugin is told with that plugin, and with who blocks it."""
    mine.write_text("raise SystemExit('it ran')\nNAME = 'mine.shout'\n")
    registry = make_registry()
    other = Registry([file_plugin(mine)], [Rule("chain.yaml:17:11", block=("mine.py",))])
    registry.blocked = other.blocked
    path = write_chain(mine.parent, CHAIN.replace("encoding.chardet", "mine.shout"))

    assert [
        (
            "the step 'mine.shout' is offered by mine.py, which is blocked by chain.yaml:17:11; "
            "change that, or use another step"
        )
    ] == [fault.message for fault in check(path, registry)][:1]
