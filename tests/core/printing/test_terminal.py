"""What a document's name could do to a terminal, by every verb that names documents."""

from __future__ import annotations

import json
from unicodedata import category

import pytest

from copydesk.testing import Desk

# what begins a command (CSI), ends a line, and turns the direction of writing
HOSTILE = "x\x9b2J\x85\u2028\u202e\u2066\u200f"
PLUGIN = f"""
from copydesk.api import Drop, Item, NoOptions, SourceSpec, hookimpl, step

class Hostile:
    def __init__(self, options): pass
    def items(self):
        for name in ("good", "bad", "dull"):
            yield Item(name + {HOSTILE!r}, media_type="text/plain", size=3)
    def read(self, item):
        return item.uri[:4].encode()

@step("x.pick")
def pick(document):
    if document.text.startswith("bad"): raise ValueError("no " + document.item.uri)
    if document.text.startswith("dull"): return Drop("dull " + document.item.uri)
    return document

@hookimpl
def copydesk_sources():
    return [SourceSpec("x.hostile", NoOptions, Hostile)]
"""
_HARMFUL = {"Cc", "Cf", "Zl", "Zp"}
VERBS = {
    "plan": ["plan", "chain.yaml", "--list"],
    "plan of what is done": ["plan", "chain.yaml", "--list", "--store", "out.db"],
    "run": ["run", "chain.yaml"],
    "stop": ["retry", "chain.yaml", "--store", "gone.db", "--set", "chain.pick.on_error=stop"],
    "list": ["quarantine", "list", "--store", "out.db"],
    "show": ["quarantine", "show", "bad" + HOSTILE, "--store", "out.db"],
    "show none": ["quarantine", "show", "none" + HOSTILE, "--store", "out.db"],
    "retry": ["retry", "chain.yaml", "--store", "out.db"],
    "explain": ["explain", "chain.yaml", "good" + HOSTILE],
    "explain bad": ["explain", "chain.yaml", "bad" + HOSTILE],
    "explain none": ["explain", "chain.yaml", "none" + HOSTILE],
    "page": ["explain", "chain.yaml", "good" + HOSTILE, "--html", "page.html"],
    "verify": ["verify", "chain.yaml", "--store", "gone.db"],
    "merge": ["merge", "out.db", "other.db"],
    "diff": ["diff", "out.db", "other.db", "--list"],
    "runs": ["runs", "--store", "out.db"],
    "test": ["test", "chain.yaml"],
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk with stores of documents with hostile names."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    desk.write("plugin.py", PLUGIN)
    path = desk.write_chain(
        "encoding.chardet",
        "x.pick",
        source={"use": "x.hostile"},
        plugins=["./plugin.py"],
        tests=[{"text": "bad", "expect": {"text": "bad"}, "name": "n"}],
    )
    escaped = json.dumps(f"bad{HOSTILE}")
    path.write_text(path.read_text().replace('"n"', escaped))
    desk.run()
    desk.run("chain.yaml", "--store", "gone.db")
    other = PLUGIN.replace("[:4]", "[:3]").replace('"good", "bad"', '"bad"')
    desk.write("plugin.py", other)
    desk.run("chain.yaml", "--store", "other.db")
    desk.write("plugin.py", PLUGIN)
    return desk


@pytest.mark.parametrize("verb", VERBS)
def test_no_name_commands_the_terminal(desk: Desk, verb: str) -> None:
    """No verb writes a name, or a reason with a name in it, that a terminal would obey."""
    done = desk.copydesk(*VERBS[verb])
    told = done.stdout + done.stderr

    assert "Traceback (most recent call last):\n  File" not in done.stderr
    assert [] == [sign for sign in told if sign != "\n" and category(sign) in _HARMFUL]


@pytest.mark.parametrize("verb", ["plan", "list", "show", "retry", "stop", "explain", "merge"])
def test_name_is_told_all_the_same(desk: Desk, verb: str) -> None:
    """What a terminal would obey is told as escapes."""
    done = desk.copydesk(*VERBS[verb])

    assert r"x\x9b2J" in done.stdout + done.stderr


def test_programs_get_the_name_itself(desk: Desk) -> None:
    """In JSON a name is what the source gave."""
    done = desk.copydesk("plan", "chain.yaml", "--list", "--json")

    assert f"good{HOSTILE}" in {item["key"] for item in json.loads(done.stdout)["items"]}
