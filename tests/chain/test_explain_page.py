"""The page that explains a document, in a real browser, with hostile and right-to-left articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.browser import Browser, find_chromium, open_browser
from tests.root import ROOT

from copydesk.testing import Desk

pytestmark = pytest.mark.timeout(1200)  # the browser may have to be installed first

HOSTILE = """<script>document.title = "owned"</script> <img src="http://127.0.0.1:9/x" onerror="">

The price of bread rose by 4 percent in Lisbon on Monday </article></body>, said the office.

<style>body { display: none }</style><link rel=stylesheet href="http://127.0.0.1:9/y.css">
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a browser."""
    program = find_chromium()
    if program is None:
        pytest.skip("chromium is not installed and cannot be: pages are not looked at")
    with open_browser(program, tmp_path_factory.mktemp("profile")) as browser:
        yield browser


def explain(folder: Path, article: Path) -> Path:
    """Return the page that explains an article to the default chain."""
    page = folder / "page.html"
    done = Desk(folder).copydesk("explain", ROOT / "config/news.yaml", article, "--html", page)
    assert 0 == done.returncode, done.stderr
    return page


@pytest.mark.parametrize("name", ["hostile.txt", "hostile.html"])
def test_hostile_article_stays_text(browser: Browser, tmp_path: Path, name: str) -> None:
    """Nothing of an article becomes markup, runs, or asks for anything."""
    (tmp_path / name).write_text(HOSTILE)
    page = explain(tmp_path, tmp_path / name)
    browser.requests.clear()
    browser.open(page)

    assert [page.as_uri()] == browser.requests
    assert name == browser.evaluate("document.title")
    assert 0 == browser.evaluate("document.querySelectorAll('script, img, link').length")
    shown = browser.evaluate("document.querySelector('article').innerText")
    assert "The price of bread rose by 4 percent" in shown
    assert browser.evaluate("document.querySelectorAll('#step-1 .redline').length") == 1
    assert HOSTILE.splitlines()[0] in browser.evaluate("document.body.innerText")


def test_arabic_reads_from_the_right(browser: Browser, tmp_path: Path) -> None:
    """An Arabic article is set from the right, in the text, in the changes and in the tables."""
    browser.open(explain(tmp_path, ROOT / "seeds/004_ef5f6a763e32d541.txt"))

    direction = "getComputedStyle(document.querySelector('{}')).direction"
    assert "rtl" == browser.evaluate(direction.format("article p"))
    assert "rtl" == browser.evaluate(direction.format("td.wide"))
    assert "ltr" == browser.evaluate(direction.format("h1"))


def test_narrow_window_needs_no_scrolling_to_the_side(browser: Browser, tmp_path: Path) -> None:
    """On a telephone the page is as wide as the window."""
    browser.open(explain(tmp_path, ROOT / "seeds/003_4b29b17991f7c36e.txt"), 360)

    assert browser.evaluate("document.documentElement.scrollWidth") <= 360
