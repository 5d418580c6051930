"""The verb `explain`: one document's way, told as a user would ask for it."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from tests.root import ROOT

from copydesk.testing import Desk

CHAIN = """
copydesk: 1
plugins: [./plugin.py]
source: {use: folder, options: {path: articles}}
chain:
  - encoding.chardet
  - {use: x.cut, when: 'document.characters > 20 && document.media_type == "text/plain"'}
  - {use: x.find, on_error: skip}
  - x.fragile
store: {use: sqlite, options: {path: out.db}}
"""
PLUGIN = """
from copydesk.api import Drop, Entity, Metadata, NoOptions, StepSpec, hookimpl
from attrs import evolve

class Cut:
    def __init__(self, options): pass
    def process(self, document):
        end = document.text.find("\\n") + 1
        return document.without([(0, end)], "plug <b>").with_extra("cut", lines=1)

class Find:
    def __init__(self, options): pass
    def process(self, document):
        if "skip" in document.text: raise ValueError("cannot \\x1b[2J read")
        at = document.text.find("Oslo")
        found = (Entity(at, at + 4, "Oslo", "PLACE", link="x:<oslo>"),) if at >= 0 else ()
        return evolve(document, entities=found, metadata=Metadata(title="<i>Rain</i>"))

class Fragile:
    def __init__(self, options): pass
    def process(self, document):
        if "drop" in document.text: return Drop("told to")
        if "bad" in document.text: raise ValueError("it is <bad>")
        if "half" in document.text: return evolve(document, text="half " + chr(0xD800))
        return document

@hookimpl
def copydesk_steps():
    return [
        StepSpec("x.cut", NoOptions, Cut, gives=("text",)),
        StepSpec("x.find", NoOptions, Find, gives=("entities",)),
        StepSpec("x.fragile", NoOptions, Fragile),
    ]
"""
HOSTILE = (
    "<script>document.title='owned'</script> Subscribe! \x1b[31m\u202e\n"
    "It rained in Oslo <img src=x onerror=alert(1)> & on.\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with a chain and some articles."""
    folder = tmp_path / "articles"
    (folder / "new").mkdir(parents=True)
    (folder / "new" / "a.txt").write_text(HOSTILE)
    (folder / "short.txt").write_text("bad")
    (folder / "dropped.txt").write_text("drop this, and skip that")
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr("c.txt", "In Oslo.")
    (tmp_path / "plugin.py").write_text(PLUGIN)
    (tmp_path / "chain.yaml").write_text(CHAIN)
    return Desk(tmp_path)


def explain(desk: Desk, *words: object, code: int = 0) -> str:
    """Return what the command prints, without the times."""
    done = desk.copydesk("explain", "chain.yaml", *words)
    assert code == done.returncode, done.stderr
    return re.sub(r"\d+\.\d ms", "N ms", done.stdout)


def as_json(desk: Desk, *words: object, code: int = 0) -> dict[str, Any]:
    """Return the explanation as data."""
    found: dict[str, Any] = json.loads(explain(desk, *words, "--json", code=code))
    return found


def test_whole_way_in_plain_text(desk: Desk) -> None:
    """Every step is told: what it gave, what it took out and why, what it found in context."""
    told = explain(desk, "articles/new/a.txt")

    assert "\x1b" not in told
    assert "\u202e" not in told
    lines = told.splitlines()
    assert "new/a.txt" == lines[0]
    assert "1 chardet  encoding.chardet 2 from copydesk  done  N ms" in lines
    assert any(line.startswith("    encoding    utf-8 by ") for line in lines)
    script = "<script>document.title='owned'</script>"
    cut = rf"[-{script} Subscribe! \x1b[31m\u202e⏎-] (plug <b>) It rained in Oslo"
    assert any(line.strip().startswith(cut) for line in lines)
    assert "    extra.cut.lines 1" in lines
    assert "    metadata.title '<i>Rain</i>'" in lines
    mention = "It rained in [Oslo] <img src=x onerror=alert(1)> & on.⏎ = x:<oslo>"
    assert f"      PLACE    {mention}" in lines
    assert lines[-1].startswith("done: a record with ")


def test_context_that_is_cut(desk: Desk) -> None:
    """What is shown around an entity says where more of the text is left out."""
    text = "Then it rained on and on, and went on so. In Oslo too. " + "And on it went. " * 4
    (desk.folder / "articles/long.txt").write_text(text)
    lines = explain(desk, "articles/long.txt").splitlines()

    mention = (
        "…it rained on and on, and went on so. In [Oslo] too. And on it went. And on it went. An…"
    )
    assert any(line.startswith(f"      PLACE    {mention}") for line in lines)


def test_false_condition_shows_its_values(desk: Desk) -> None:
    """A step that is passed over shows its condition, and the values that made it false."""
    told = explain(desk, "articles/short.txt", code=1).splitlines()

    assert any(line.startswith("2 cut ") and "  skipped  " in line for line in told)
    condition = 'document.characters > 20 && document.media_type == "text/plain"'
    assert f"    when        {condition}  is false" in told
    assert ["document.characters is 3", "document.media_type is 'text/plain'"] == sorted(
        line.strip() for line in told if " is 3" in line or line.endswith("is 'text/plain'")
    )


def test_error_shows_its_traceback_once(desk: Desk) -> None:
    """The step that fails shows error and traceback; the exit code says quarantine."""
    told = explain(desk, "short.txt", code=1)

    assert 1 == told.count("Traceback (most recent call last)")
    assert 'if "bad" in document.text: raise' in told
    assert "quarantined: by fragile: ValueError: it is <bad>, N ms in steps" in told


def test_drop_and_a_step_passed_over(desk: Desk) -> None:
    """A step that failed and was passed over is told with its traceback, a drop with its reason."""
    found = as_json(desk, "dropped.txt")

    chardet, cut, find, fragile = found["steps"]
    assert ("dropped", "fragile", "told to") == (found["outcome"], found["step"], found["reason"])
    assert "told to" == fragile["dropped"]
    assert "failed" == find["trace"]["outcome"]
    assert "ValueError: cannot" in find["error"]
    assert found["record"] is None
    assert {"document.characters": 24, "document.media_type": "text/plain"} == (
        cut["condition"]["variables"]
    )
    assert 24 == chardet["text"]["after"]


def test_record_is_what_a_run_publishes(desk: Desk) -> None:
    """The explanation's record is the one that a run makes, apart from times."""
    desk.run("chain.yaml")
    ours, theirs = as_json(desk, "new/a.txt")["record"], desk.records()["new/a.txt"]

    for record in (ours, theirs):
        for step in record["steps"]:
            step["seconds"] = 0
        record.pop("fingerprint")
    assert theirs == ours


def test_until_takes_the_first_steps(desk: Desk) -> None:
    """With --until the way ends at that step, and the others are named."""
    found = as_json(desk, "new/a.txt", "--until", "cut")

    assert ["chardet", "cut"] == [step["trace"]["label"] for step in found["steps"]]
    assert ["find", "fragile"] == found["left_out"]
    wrong = desk.copydesk("explain", "chain.yaml", "new/a.txt", "--until", "cutt")
    assert (2, "copydesk: --until: no step 'cutt'; did you mean 'cut'?\n") == (
        wrong.returncode, wrong.stderr,
    )  # fmt: skip


def test_until_the_end_of_a_first(desk: Desk) -> None:
    """The label of a `first` stands for the last of its steps."""
    text = CHAIN.replace("  - x.fragile", "  - {first: [x.fragile, boilerplate.lines], label: way}")
    (desk.folder / "chain.yaml").write_text(f"{text}")
    found = as_json(desk, "new/a.txt", "--until", "way")

    assert "lines" == found["steps"][-1]["trace"]["label"]
    assert [] == found["left_out"]


def test_page_in_the_place_of_a_folder(desk: Desk) -> None:
    """A page cannot take the place of a folder, and that is no fault of ours."""
    done = desk.copydesk("explain", "chain.yaml", "new/a.txt", "--html", "articles")

    assert (2, "copydesk: articles: is a folder; give the name of a file\n") == (
        done.returncode, done.stderr,
    )  # fmt: skip


def test_member_and_other_source(desk: Desk, tmp_path: Path) -> None:
    """A member of a container is named with #; --source looks elsewhere for a URI."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "z.txt").write_text("In Oslo again.")

    assert "b.zip#c.txt" == as_json(desk, "articles/b.zip#c.txt")["key"]
    assert "b.zip#c.txt" == as_json(desk, "b.zip#c.txt")["key"]
    assert "In Oslo again." == as_json(desk, "z.txt", "--source", other)["record"]["text"]


def test_item_that_only_the_store_knows(desk: Desk) -> None:
    """An item that is gone from the source is told to be so."""
    desk.run("chain.yaml", "--store", "out.db")
    (desk.folder / "articles" / "short.txt").unlink()

    done = desk.copydesk("explain", "chain.yaml", "short.txt")
    assert 2 == done.returncode
    assert "short.txt: the store knows it, but the source no longer lists it" in done.stderr


def test_item_that_the_source_cannot_read(desk: Desk) -> None:
    """Of an item in quarantine since its source cannot read it, the reason is told."""
    desk.write("articles/f.jsonl", "not json\n")
    desk.run("chain.yaml", "--store", "out.db")

    for name in ("f.jsonl#line 1", "articles/f.jsonl#line 1"):
        done = desk.copydesk("explain", "chain.yaml", name)
        assert 2 == done.returncode
        assert f"{name}: the source cannot read it: not JSON" in done.stderr


def test_half_a_surrogate_pair(desk: Desk) -> None:
    """What cannot be written as UTF-8 is told all the same, in every form."""
    (desk.folder / "articles" / "h.txt").write_text("half")

    assert "half{+ \\ud800+}" in explain(desk, "h.txt", code=1)
    text = as_json(desk, "h.txt", code=1)["steps"][3]["text"]
    assert " \ud800" == text["pieces"][-1]["text"]
    explain(desk, "h.txt", "--html", "h.html", code=1)
    assert "\\ud800" in (desk.folder / "h.html").read_text(encoding="utf-8")


def test_file_that_cannot_be_read(desk: Desk) -> None:
    """A document that the source cannot read is told as quarantined by it."""
    (desk.folder / "articles" / "x.txt.gz").write_bytes(b"\x1f\x8b broken")

    told = explain(desk, "articles/x.txt.gz", code=1)
    assert "quarantined: by the source: " in told


def test_page_is_whole_and_harmless(desk: Desk) -> None:
    """The page runs no script, loads nothing, and shows hostile text as text."""
    explain(desk, "new/a.txt", "--html", "a.html")
    written = (desk.folder / "a.html").read_text(encoding="utf-8")
    tree = html.fromstring(written)

    assert [] == tree.xpath("//script | //img | //iframe | //link | //i[text() = 'Rain'] | //b[@x]")
    assert [] == tree.xpath("//@src | //@*[starts-with(name(), 'on')]")
    assert {"#"} == {address[0] for address in tree.xpath("//@href")}
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]
    assert ["<script>document.title='owned'</script> Subscribe! "] == [
        text.partition("\x1b")[0] for text in tree.xpath("//del/text()")
    ]
    assert ["plug <b>"] == tree.xpath("//small[@class='reason']/text()")
    article = tree.xpath("//article/p")
    assert {"auto"} == {line.get("dir") for line in article}
    assert "It rained in Oslo <img src=x onerror=alert(1)> & on." == article[0].text_content()
    assert ["Oslo"] == tree.xpath("//article//mark[@class='place']/text()")


def test_page_of_an_error(desk: Desk) -> None:
    """The page of a document that fails shows why."""
    explain(desk, "short.txt", "--html", "short.html", code=1)
    text = html.fromstring((desk.folder / "short.html").read_bytes()).text_content()

    assert "ValueError: it is <bad>" in text
    assert "which is false here" in " ".join(text.split())


def test_colours_on_a_terminal_only(desk: Desk) -> None:
    """On a terminal there are colours in place of marks, and none where NO_COLOR is set."""

    def look(**settings: str) -> str:
        ours, theirs = pty.openpty()
        words = [sys.executable, "-m", "copydesk.cli", "explain", "chain.yaml", "new/a.txt"]
        environment = {**os.environ, **settings}
        environment.pop("NO_COLOR", None) if not settings else None
        with subprocess.Popen(words, cwd=desk.folder, stdout=theirs, env=environment):
            os.close(theirs)
            written = b""
            while part := _read(ours):
                written += part
        os.close(ours)
        return written.decode()

    assert "\x1b[31;9m<script>document.title='owned'</script>" in look()
    assert "\x1b[" not in look(NO_COLOR="1")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


def test_quarantine_says_how_to_explain(desk: Desk) -> None:
    """`quarantine show` prints the command that explains the document, and it works."""
    desk.run("chain.yaml")
    shown = desk.copydesk("quarantine", "show", "short.txt", "--store", "out.db").stdout

    (command,) = re.findall(r"explain   copydesk (.*)", shown)
    done = desk.copydesk(*command.split())
    assert 1 == done.returncode
    assert "ValueError: it is <bad>" in done.stdout


def test_seeds_are_explained() -> None:
    """Each real article is explained by the default chain, with its entities."""
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        done = Desk(ROOT).copydesk("explain", "config/news.yaml", path)

        assert 0 == done.returncode, done.stderr
        assert "copydesk:elon-musk" in done.stdout
