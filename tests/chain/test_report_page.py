"""The report of a store of real and of hostile articles, in a real browser."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser import Browser, find_chromium, open_browser
from tests.root import ROOT

from copydesk.testing import Desk

pytestmark = pytest.mark.timeout(1200)  # the browser may have to be installed first

PLUGIN = """
from attrs import frozen
from copydesk.api import NoOptions, StepSpec, hookimpl

@frozen
class Cut:
    options: NoOptions
    def process(self, document):
        reason = "plug" if document.text.startswith("روجيلا") else "first line"
        return document.without([(0, document.text.find("\\n") + 1)], reason)

@hookimpl
def copydesk_steps():
    return [StepSpec("x.cut", NoOptions, Cut, gives=("text", "removed"))]
"""
CHAIN = """
copydesk: 1
plugins: [./plugin.py]
source: {use: folder, options: {path: articles}}
chain:
  - encoding.chardet
  - x.cut
  - language.identify
  - entities.amounts
store: {use: sqlite, options: {path: out.db}}
"""
EVIL = '"><script>document.title="owned"<>&amp;.txt'
HOSTILE = """Photo: <script>document.title="owned"</script><img src="http://127.0.0.1:9/x"> AP

The price of bread rose by 4 percent in Lisbon on Monday, said the office.

Subscribe to our newsletter <style>body{display:none}</style> \u202eesrever
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a browser."""
    program = find_chromium()
    if program is None:
        pytest.skip("chromium is not installed and cannot be: pages are not looked at")
    with open_browser(program, tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of a store with good, bad and hostile articles."""
    folder = tmp_path_factory.mktemp("report")
    desk = Desk(folder)
    shutil.copytree(ROOT / "seeds", folder / "articles")
    (folder / "articles" / EVIL).write_text(HOSTILE)
    (folder / "articles" / "empty.txt").write_text("")
    (folder / "articles" / "nul <b>.txt").write_bytes(bytes(40))
    (folder / "plugin.py").write_text(PLUGIN)
    (folder / "chain.yaml").write_text(CHAIN)
    summary = desk.run("chain.yaml")
    assert (6, 2) == (summary["done"], summary["quarantined"])
    done = desk.copydesk("report", "--store", "out.db", "--output", "report.html")
    assert (0, "") == (done.returncode, done.stdout), done.stderr
    return folder / "report.html"


def rows(browser: Browser, section: str) -> list[list[str]]:
    """Return the words of a section's first table, row by row."""
    script = """[...document.querySelector(`#SECTION tbody`).rows]
        .map(row => [...row.cells].map(cell => cell.innerText.trim()))"""
    found: list[list[str]] = browser.evaluate(script.replace("SECTION", section))
    return found


def test_numbers_are_those_of_the_store(browser: Browser, page: Path) -> None:
    """Tables tell outcomes, languages, encodings, entities, lengths and times as they are."""
    browser.open(page)
    records = Desk(page.parent).records()
    labels = [e["label"] for record in records.values() for e in record["entities"]]

    tiles = browser.evaluate("[...document.querySelectorAll('.tiles b')].map(b => b.innerText)")
    assert ["6", "0", "2", "0"] == tiles
    languages = Counter(record["language"]["code"] for record in records.values())
    assert languages == {row[0]: int(row[1]) for row in rows(browser, "languages")}
    assert [["utf-8", "6", "100.0 %"]] == rows(browser, "encodings")
    assert {(name, f"{labels.count(name):,}") for name in set(labels)} == {
        (row[0], row[1]) for row in rows(browser, "labels")
    }
    characters = sum(len(record["text"]) for record in records.values())
    assert ["all together", f"{characters:,}"] == rows(browser, "lengths")[-1]
    assert ["chardet", "cut", "identify", "amounts"] == [r[0] for r in rows(browser, "times")]
    assert set(records) == {row[0] for row in rows(browser, "slowest")}
    assert [["1", "6", "0", "2", "0"]] == [[r[0], *r[3:7]] for r in rows(browser, "runs")]


def test_charts_draw_what_the_tables_tell(browser: Browser, page: Path) -> None:
    """There is a chart with as many bars as its table has rows."""
    browser.open(page)

    for section in ("languages", "encodings", "labels", "times"):
        count = f"document.querySelectorAll('#{section} .series rect').length"
        assert len(rows(browser, section)) == browser.evaluate(count)
    width = "document.querySelector('#languages .series').getBoundingClientRect().width"
    assert browser.evaluate(width) > 100


def test_errors_and_removed_text_have_examples(browser: Browser, page: Path) -> None:
    """Each error and each reason of removal shows its documents and their words."""
    browser.open(page)
    errors = {row[3].split("\n")[0]: row for row in rows(browser, "errors")}
    removed = {row[0]: row for row in rows(browser, "removed")}

    assert ["In quarantine", "1", "chardet"] == errors["empty file: it has no bytes at all"][:3]
    assert "nul <b>.txt" in " ".join(row[3] for row in errors.values())
    records = Desk(page.parent).records().values()
    pieces = [p for r in records for p in r["removed"] if p["reason"] == "first line"]
    characters = sum(len(piece["text"]) for piece in pieces)
    number, length, step, examples = removed["first line"][1:]
    assert (f"{len(pieces)}", f"{characters:,}", "cut") == (number, length, step)
    assert f"{HOSTILE.splitlines()[0]}\n{EVIL}" in examples


def test_hostile_text_stays_text(browser: Browser, page: Path) -> None:
    """Nothing of an article or of its name becomes markup, runs, or asks for anything."""
    browser.requests.clear()
    browser.open(page)

    assert "out.db: report" == browser.evaluate("document.title")
    forbidden = "document.querySelectorAll('script, img, iframe, link, object, style').length"
    assert 1 == browser.evaluate(forbidden)  # the page's own style
    assert "block" == browser.evaluate("getComputedStyle(document.body).display")
    assert [page.as_uri()] == browser.requests


def test_arabic_is_set_from_right_to_left(browser: Browser, page: Path) -> None:
    """An Arabic example is right-aligned in its own direction; the page around it is not."""
    browser.open(page)
    script = """(() => {
        const q = [...document.querySelectorAll('q')]
            .find(q => /^[\\u0600-\\u06ff]/.test(q.innerText));
        const li = q.parentElement;
        return [getComputedStyle(li).direction, getComputedStyle(li).textAlign,
                getComputedStyle(li.parentElement).direction];
    })()"""

    assert ["rtl", "start", "ltr"] == browser.evaluate(script)


@pytest.mark.parametrize("is_dark", [False, True])
def test_all_words_can_be_read_by_day_and_night(
    browser: Browser, page: Path, *, is_dark: bool
) -> None:
    """Every colour of words has a contrast of 4.5 to 1 or more with what is behind it (WCAG AA)."""
    browser.open(page, is_dark=is_dark)

    colours: list[list[Any]] = browser.evaluate(_COLOURS)

    assert len(colours) > 20
    assert is_dark == (_light(colours[0][1]) < 0.2)
    for text, behind, words in colours:
        lights = sorted([_light(text), _light(behind)])
        contrast = (lights[1] + 0.05) / (lights[0] + 0.05)
        assert contrast >= 4.5, (words, text, behind)


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_page_fits_its_window(browser: Browser, page: Path, width: int) -> None:
    """From a telephone to a desk, nothing has to be pushed sideways."""
    browser.open(page, width)

    assert width >= browser.evaluate("document.documentElement.scrollWidth")


def test_cells_have_labels_where_heads_have_no_place(browser: Browser, page: Path) -> None:
    """On a narrow screen each figure of a row in lines stands behind its label; no table is cut."""
    labels = """[...document.querySelectorAll('.lines .figure')].filter(cell => cell.closest('td'))
        .map(cell => getComputedStyle(cell, '::before').content)"""
    browser.open(page)
    assert {"none"} == set(browser.evaluate(labels))

    browser.open(page, 400)

    found = browser.evaluate(labels)
    assert {"none"}.isdisjoint(found)
    assert {"number", "characters", "95 of 100", "run", "unchanged"} <= {
        words.partition('"')[2].rstrip('" \u00a0') for words in found
    }
    cut = """[...document.querySelectorAll('.scroll')]
        .filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText)"""
    assert [] == browser.evaluate(cut)


def test_missing_library_is_named(page: Path) -> None:
    """Without the library for charts the error names the extra, and nothing is written."""
    script = (
        "import sys; sys.modules['leather'] = None; from copydesk.cli import main;"
        "sys.exit(main(['report', '--store', 'out.db', '--output', 'other.html']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=page.parent, capture_output=True, text=True, check=False
    )

    assert 2 == done.returncode
    assert "leather is not installed; `pip install 'copydesk[report]'`" in done.stderr
    assert not (page.parent / "other.html").exists()


_COLOURS = """[...document.querySelectorAll('body *')].filter(
    element => [...element.childNodes].some(node => node.nodeType == 3 && node.data.trim())
).filter(element => !element.closest('caption')).map(element => {
    const text = element.closest('svg') ? getComputedStyle(element).fill
                                        : getComputedStyle(element).color;
    let behind = element;
    while (getComputedStyle(behind).backgroundColor == 'rgba(0, 0, 0, 0)')
        behind = behind.parentElement;
    const parts = colour => colour.match(/[0-9.]+/g).slice(0, 3).map(Number);
    return [parts(text), parts(getComputedStyle(behind).backgroundColor), element.innerHTML];
})"""


def _light(colour: list[float]) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    parts = [part / 255 for part in colour]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
