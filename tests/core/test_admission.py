"""Tests of who may be loaded."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from copydesk.admission import Rule, find_refusal, fits, rules_of
from copydesk.plugin import Plugin

OUTSIDE = Plugin("Acme_Shout:shout", EntryPoint("shout", "acme", "copydesk"), "Acme_Shout", "1")
OWN = Plugin("copydesk:parts", EntryPoint("parts", "copydesk_parts", "copydesk"), "copydesk", "1")
FILE = Plugin("a/mine.py", Path("a/mine.py"), "mine.py", "?")


@pytest.mark.parametrize(
    ("pattern", "plugin", "expected"),
    [
        ("acme-shout", OUTSIDE, True),
        ("ACME.shout", OUTSIDE, True),
        ("acme-*", OUTSIDE, True),
        ("acme", OUTSIDE, False),
        ("acme-shout:shout", OUTSIDE, True),
        ("acme-shout:*", OUTSIDE, True),
        ("acme-shout:whisper", OUTSIDE, False),
        ("copydesk", OWN, True),
        ("copydesk:entities", OWN, False),
        ("mine.py", FILE, True),
        ("m*.py", FILE, True),
        ("a/mine.py", FILE, False),
        ("*", FILE, True),
        ("", OUTSIDE, False),
    ],
)
def test_fits(pattern: str, plugin: Plugin, expected: bool) -> None:
    """A distribution is named as pip would, one entry point of it after a colon, a file by name."""
    assert expected == fits(pattern, plugin)


@pytest.mark.parametrize(
    ("rule", "refused"),
    [
        (Rule("x", block=("acme-shout",)), [OUTSIDE]),
        (Rule("x", block=("copydesk:parts",)), [OWN]),
        (Rule("x", allow=()), [OUTSIDE, FILE]),
        (Rule("x", allow=("acme-shout",)), [FILE]),
        (Rule("x", allow=(), spares_files=True), [OUTSIDE]),
        (Rule("x", block=("mine.py",), allow=("acme-shout",), spares_files=True), [FILE]),
        (Rule("x"), []),
    ],
)
def test_refuse(rule: Rule, refused: list[Plugin]) -> None:
    """What is blocked goes; what is not allowed too, unless it comes with Copydesk."""
    assert refused == [plugin for plugin in (OUTSIDE, OWN, FILE) if rule.refuse(plugin)]


def test_find_refusal() -> None:
    """The first rule that refuses a plugin is the one that is told."""
    rules = [Rule("a", block=("other",)), Rule("b", allow=()), Rule("c", block=("acme-shout",))]

    assert "not allowed by b" == find_refusal(OUTSIDE, rules)
    assert "blocked by c" == find_refusal(OUTSIDE, rules[2:])
    assert find_refusal(OUTSIDE, rules[:1]) is None


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, []),
        ({"COPYDESK_PLUGINS_BLOCK": ""}, []),
        (
            {"COPYDESK_PLUGINS_BLOCK": "a, b\n c"},
            [Rule("COPYDESK_PLUGINS_BLOCK", block=("a", "b", "c"))],
        ),
        ({"COPYDESK_PLUGINS_ALLOW": ""}, [Rule("COPYDESK_PLUGINS_ALLOW", allow=())]),
        ({"COPYDESK_PLUGINS_ALLOW": "a"}, [Rule("COPYDESK_PLUGINS_ALLOW", allow=("a",))]),
        ({"COPYDESK_PLUGINS_NO_EXTERNAL": "0"}, []),
        ({"COPYDESK_PLUGINS_NO_EXTERNAL": "1"}, [Rule("--no-external", allow=())]),
    ],
)
def test_rules_of(environment: dict[str, str], expected: list[Rule]) -> None:
    """The environment blocks, allows, and when it allows nothing then nothing external is."""
    assert expected == list(rules_of(environment))
