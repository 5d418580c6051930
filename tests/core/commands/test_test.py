"""The verb `test`: chains with tests of their own, run as a user would."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator
from tests.root import ROOT

from copydesk.testing import Desk

CHAIN = """
copydesk: 1
plugins: [./plugin.py]
source: {use: folder, options: {path: articles}}
chain: [encoding.chardet, {use: x.short}, {use: x.fragile}]
store: {use: sqlite, options: {path: out.db}}
tests:
"""
PLUGIN = """
from copydesk.api import DocumentError, Drop, Entity, NoOptions, StepSpec, hookimpl
from attrs import evolve

class Short:
    def __init__(self, options): pass
    def process(self, document):
        return Drop("too short") if len(document.text) < 5 else document

class Fragile:
    def __init__(self, options): pass
    def process(self, document):
        if "bad" in document.text: raise ValueError("it\\x1b[2J is bad")
        at = document.text.find("Oslo")
        if at < 0: return document
        return evolve(document, entities=(Entity(at, at + 4, "Oslo", "PLACE"),))

@hookimpl
def copydesk_steps():
    return [StepSpec("x.short", NoOptions, Short), StepSpec("x.fragile", NoOptions, Fragile)]
"""


class CaseDesk(Desk):
    """A desk with a chain of its own."""

    def chain(self, tests: str) -> None:
        """Write the chain with these tests."""
        (self.folder / "chain.yaml").write_text(CHAIN + tests, encoding="utf-8")

    def check(self, *words: object, code: int = 0) -> list[str]:
        """Run the tests; return the lines of stdout without the times."""
        done = self.copydesk("test", "chain.yaml", *words)
        assert code == done.returncode, done.stdout + done.stderr
        return [re.sub(r" ?\d+\.\d\d s", "", line) for line in done.stdout.splitlines()]


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    """Return a desk with a folder of one article."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("It rained in Oslo.")
    (tmp_path / "plugin.py").write_text(PLUGIN)
    return CaseDesk(tmp_path)


def test_shipped_chains_pass() -> None:
    """The tests of the chains that are shipped pass, on the five real articles."""
    chains = sorted(path.relative_to(ROOT) for path in (ROOT / "config").glob("*.yaml"))
    done = Desk(ROOT).copydesk("test", *chains)

    assert 0 == done.returncode, done.stdout
    assert done.stdout.count("config/news.yaml::") >= 5
    assert all(f"{chain}::" in done.stdout for chain in chains)
    assert re.fullmatch(r"=+ \d+ passed in \d+\.\d\d s =+", done.stdout.splitlines()[-1])


def test_all_pass(desk: CaseDesk) -> None:
    """One line a test, and a summary; items are read as by the source, outcomes are compared."""
    desk.chain(
        "  - item: articles/a.txt\n"
        "    expect: {source.uri: a.txt, entities: {contains: {text: Oslo, step: fragile}}}\n"
        "  - {text: abc, expect: {outcome: dropped, step: short, reason: too short}}\n"
        "  - {text: is bad, expect: {outcome: quarantined, reason: {matches: '^ValueError: it'}}}\n"
    )

    assert [
        "chain.yaml::a.txt PASSED",
        "chain.yaml::abc PASSED",
        "chain.yaml::is bad PASSED",
        f"{' 3 passed in 0.00 s ':=^80}".replace(" 0.00 s", ""),
    ] == desk.check()


def test_failures_are_told_with_their_places(desk: CaseDesk) -> None:
    """Every expectation that does not hold is told where it stands; the exit code is 1."""
    desk.chain(
        "  - item: articles/a.txt\n"
        "    expect:\n"
        "      encoding.name: utf-16\n"
        "      text: {lacks: Oslo, contains: It rained}\n"
        "  - {text: long enough, expect: {text: {at_least: 5}}}\n"
    )
    lines = desk.check(code=1)

    assert ["chain.yaml::a.txt FAILED", "chain.yaml::long enough PASSED"] == lines[:2]
    assert "FAILURES" in lines[2]
    assert " a.txt " in lines[3]
    assert [
        "chain.yaml:10:22: encoding.name: found 'utf-8', expected 'utf-16'",
        "chain.yaml:11:21: text: 'Oslo' is in it, at character 13: 'It rained in Oslo.'",
    ] == lines[4:6]
    assert "1 failed, 1 passed" in lines[-1]


def test_another_outcome_is_told_once(desk: CaseDesk) -> None:
    """A document that fails shows its error and traceback, not each field that it lacks."""
    desk.chain("  - {text: is bad, expect: {text: x, language.code: de}}\n")
    told = "\n".join(desk.check(code=1))

    assert (
        "chain.yaml:8:5: outcome: found quarantined by fragile: "
        r"ValueError: it\x1b[2J is bad; expected done"
    ) in told
    assert 'in process\n    if "bad"' in told
    assert "language.code" not in told
    assert "\x1b" not in told


def test_missing_item_fails_its_test(desk: CaseDesk) -> None:
    """A test whose file is not there fails; the others run."""
    desk.chain(
        "  - {item: articles/z.txt, expect: {language: null}}\n"
        "  - {text: long enough, expect: {language: null}}\n"
    )
    told = desk.check(code=1)

    assert "chain.yaml:8:5: articles/z.txt: there is no such file; check the path" in told
    assert "chain.yaml::long enough PASSED" in told


def test_chosen_by_word(desk: CaseDesk) -> None:
    """Only tests with the word in their name run; none is a mistake of the user's."""
    desk.chain("  - {text: first, expect: {text: x}}\n  - {text: second, expect: {text: second}}\n")

    assert "chain.yaml::second PASSED" == desk.check("-k", "SEC")[0]
    none = desk.copydesk("test", "chain.yaml", "-k", "third")
    assert (2, "copydesk: chain.yaml: there is no test with 'third' in its name\n") == (
        none.returncode, none.stderr,
    )  # fmt: skip


def test_snapshot(desk: CaseDesk) -> None:
    """A snapshot is written when asked for, holds while the record stays, and tells each change."""
    tests = "  - {{text: It rained in {}., name: rain, snapshot: kept/rain.json}}\n"
    desk.chain(tests.format("Oslo"))

    missing = desk.check(code=1)
    assert "kept/rain.json does not exist; write it with --update" in "".join(missing)
    assert "chain.yaml::rain PASSED (wrote kept/rain.json)" == desk.check("--update")[0]
    kept = json.loads((desk.folder / "kept/rain.json").read_text(encoding="utf-8"))
    assert "It rained in Oslo." == kept["text"]
    assert not {"fingerprint", "seconds"} & {*kept, *kept["steps"]}
    assert "chain.yaml::rain PASSED" == desk.check()[0]
    assert "chain.yaml::rain PASSED" == desk.check("--update")[0]

    desk.chain(tests.format("Bergen"))
    told = desk.check(code=1)
    changed = "snapshot: text: found 'It rained in Bergen.', expected 'It rained in Oslo.'"
    assert f"chain.yaml:8:5: {changed}" in told
    assert any("snapshot: entities: 1 gone: {text: 'Oslo'" in line for line in told)


def test_spoilt_snapshot_is_told(desk: CaseDesk) -> None:
    """A file that is no snapshot fails the test and says how to write it anew."""
    desk.chain("  - {text: long enough, name: a, snapshot: a.json}\n")
    (desk.folder / "a.json").write_text("[1]")

    assert "a.json cannot be read (TypeError" in "".join(desk.check(code=1))


def test_junit(desk: CaseDesk) -> None:
    """CI servers get a suite a chain, with a failure's place, message and traceback."""
    desk.chain(
        "  - {text: is bad, expect: {text: x}}\n  - {text: long, expect: {outcome: dropped}}\n"
    )
    desk.check("--junit", "reports/junit.xml", code=1)

    (suite,) = ET.parse(desk.folder / "reports/junit.xml").getroot()
    bad, long = suite
    assert ("chain.yaml", "2", "1") == tuple(suite.get(k) for k in ("name", "tests", "failures"))
    assert ("is bad", "8") == (bad.get("name"), bad.get("line"))
    (failure,) = bad
    assert "expected done" in str(failure.get("message"))
    assert "Traceback" in str(failure.text)
    assert [] == list(long)


def test_chain_without_tests(desk: CaseDesk) -> None:
    """A chain that has no tests says where to add some."""
    desk.chain("  []\n")
    done = desk.copydesk("test", "chain.yaml")

    assert (2, "copydesk: chain.yaml: there is no test; add some under 'tests'\n") == (
        done.returncode, done.stderr,
    )  # fmt: skip


def test_mistakes_are_told_before_anything_runs(desk: CaseDesk) -> None:
    """A test that cannot be read is a fault of the chain."""
    desk.chain("  - {text: a, expect: {langauge: de}}\n")

    done = desk.copydesk("test", "chain.yaml")
    assert 2 == done.returncode
    assert "chain.yaml:8:24: unknown field 'langauge'; did you mean 'language'?" in done.stderr


@pytest.mark.parametrize(
    ("test", "is_right"),
    [
        ({"text": "a", "expect": {"text": "a", "language.code": "de"}}, True),
        ({"item": "a.txt", "snapshot": "a.json"}, True),
        ({"text": "a", "expect": {"outcome": "dropped"}, "name": "x"}, True),
        ({"text": "a", "expect": {"langauge.code": "de"}}, False),
        ({"text": "a", "item": "a.txt", "expect": {"text": "a"}}, False),
        ({"expect": {"text": "a"}}, False),
        ({"text": "a", "expect": {}}, False),
        ({"text": "a", "expct": {"text": "a"}}, False),
    ],
)
def test_editors_know_tests(test: dict[str, object], is_right: bool) -> None:
    """The schema of chains refuses tests that it can know to be wrong."""
    schema = json.loads((ROOT / "config/chain.schema.json").read_text(encoding="utf-8"))
    part = {**schema["$defs"]["test"], "$defs": schema["$defs"]}

    assert is_right is Draft202012Validator(part).is_valid(test)
