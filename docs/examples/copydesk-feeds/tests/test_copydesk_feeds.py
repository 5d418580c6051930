"""Tests of the feeds."""

from __future__ import annotations

from pathlib import Path

import pytest
from copydesk_feeds import Feeds, Options, copydesk_sources

from copydesk.api import CopydeskError, DocumentError, Item, Skipped, Unreadable
from copydesk.testing import check_source

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Daily Example</title><link>https://example.org/</link><language>en</language>
<item><title>Rain in  Oslo</title><link>https://example.org/rain</link><guid>rain</guid>
<pubDate>Mon, 04 May 2026 10:00:00 +0200</pubDate><category>Weather</category>
<description>It rained.</description>
<content:encoded><![CDATA[<p>It rained in Oslo on Monday, at last.</p>]]></content:encoded></item>
<item><title>No text</title><guid>2</guid></item>
<item><title>Again</title><guid>rain</guid><description>More rain.</description></item>
</channel></rss>
"""
ATOM = """<?xml version="1.0" encoding="iso-8859-1"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Beispiel</title><id>urn:x</id>
<updated>2026-05-04T10:00:00Z</updated>
<entry><title>Hafen</title><id>urn:x:1</id><link href="https://example.org/hafen"/>
<updated>2026-05-04T12:30:00+02:00</updated><author><name>Eva Müster</name></author>
<content type="text">Der Hafen von Hamburg ist gesperrt: für Stunden.</content></entry></feed>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two feeds, one of them in another, and two other files."""
    (tmp_path / "below").mkdir()
    (tmp_path / "b.rss").write_text(RSS, encoding="utf-8")
    (tmp_path / "below" / "A.ATOM").write_text(ATOM, encoding="iso-8859-1")
    (tmp_path / "c.xml").write_text("<html>")
    (tmp_path / "readme.txt").write_text(RSS)
    return tmp_path


def test_listing(folder: Path) -> None:
    """Every article has its own key, feed by feed; what is no article is told."""
    found = list(Feeds(Options(folder)).items())

    assert ["b.rss#rain", "b.rss#2", "b.rss#rain (2)", "below/A.ATOM#urn:x:1", "c.xml"] == [
        each.key for each in found
    ]
    assert isinstance(found[1], Skipped)
    assert isinstance(found[4], Unreadable)
    assert "is no feed" in found[4].reason


def test_article_of_rss(folder: Path) -> None:
    """The longest text is the article, and the feed tells of it."""
    source = Feeds(Options(folder))
    item = next(iter(source.items()))
    assert isinstance(item, Item)

    assert b"<p>It rained in Oslo on Monday, at last.</p>" == source.read(item)
    assert ("text/html", "utf-8", 1777881600.0) == (item.media_type, item.charset, item.modified)
    said = item.metadata
    assert ("Rain in Oslo", "2026-05-04T08:00:00+00:00") == (said.title, said.published)
    assert ("The Daily Example", ("Weather",), "en") == (said.publisher, said.tags, said.language)


def test_article_of_atom(folder: Path) -> None:
    """Text is told from markup, whatever the encoding of the feed."""
    source = Feeds(Options(folder, endings=(".atom",)))
    (item,) = source.items()
    assert isinstance(item, Item)

    assert "Der Hafen von Hamburg ist gesperrt: für Stunden." == source.read(item).decode("utf-8")
    assert ("text/plain", ("Eva Müster",)) == (item.media_type, item.metadata.authors)
    assert "2026-05-04T10:30:00+00:00" == item.metadata.modified


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there is told, not taken for an empty one."""
    with pytest.raises(CopydeskError, match="there is no such folder"):
        list(Feeds(Options(tmp_path / "gone")).items())


def test_item_without_text(tmp_path: Path) -> None:
    """An item that was not listed by this source is refused."""
    with pytest.raises(DocumentError, match="without its text"):
        Feeds(Options(tmp_path)).read(Item("x"))


def test_what_is_asked_of_every_source(folder: Path) -> None:
    """The source passes the checks of the kit."""
    check_source(copydesk_sources()[0], Options(folder))
