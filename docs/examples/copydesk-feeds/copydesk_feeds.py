"""Reads the articles of RSS and Atom feeds that lie as files in a folder."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import field, frozen
from attrs.validators import min_len

from copydesk.api import (
    CopydeskError,
    DocumentError,
    Item,
    Listed,
    Metadata,
    Skipped,
    SourceSpec,
    Unreadable,
    hookimpl,
)

copydesk_api = ">=1,<2"

_MARKUP = {"text/html", "application/xhtml+xml"}


@frozen
class Options:
    """Where the feeds are."""

    path: Path
    """The folder with the files of the feeds; folders in it are looked into, too."""
    endings: tuple[str, ...] = field(default=(".xml", ".rss", ".atom"), validator=min_len(1))
    """How the names of the files end."""


@frozen
class Feeds:
    """Takes each article of the feeds in a folder, with what the feed tells of it."""

    options: Options

    def items(self) -> Iterator[Listed]:
        """Yield the articles, feed by feed in the order of their names."""
        folder = self.options.path
        if not folder.is_dir():
            raise CopydeskError(f"{folder}: there is no such folder; check the source's path")
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.name.lower().endswith(self.options.endings):
                yield from self._read_feed(file, file.relative_to(folder).as_posix())

    def read(self, item: Item) -> bytes:
        """Return the markup of an article; the feed that it came in is not read again."""
        if item.payload is None:
            raise DocumentError("the article was listed without its text")
        return item.payload

    def _read_feed(self, file: Path, uri: str) -> Iterator[Listed]:
        import feedparser  # noqa: PLC0415 - nothing else here needs it

        try:
            feed: Any = feedparser.parse(file.read_bytes())
        except OSError as error:
            yield Unreadable(uri, f"cannot be read: {error.strerror}")
            return
        if not feed.version:
            yield Unreadable(
                uri, f"is no feed: {feed.get('bozo_exception', 'nothing in it is one')}"
            )
            return
        seen: dict[str, int] = {}
        for entry in feed.entries:
            name = _name(entry)
            seen[name] = seen.get(name, 0) + 1
            member = name if seen[name] == 1 else f"{name} ({seen[name]})"
            yield _make_item(entry, feed.feed, uri, member)


def _name(entry: Any) -> str:
    """Return what an article is called in its feed: by itself, by its address, or by its title."""
    name = entry.get("id") or entry.get("link") or entry.get("title") or "untitled"
    return " ".join(str(name).split())


def _make_item(entry: Any, feed: Any, uri: str, member: str) -> Listed:
    found = _content(entry)
    if found is None:
        return Skipped(f"{uri}#{member}", "the feed has no text of it")
    text, media_type = found
    content = text.encode("utf-8", "replace")
    return Item(
        uri,
        member,
        media_type,
        charset="utf-8",
        size=len(content),
        modified=_seconds(entry, "updated_parsed") or _seconds(entry, "published_parsed"),
        sha256=sha256(content).hexdigest(),
        payload=content,
        metadata=_metadata(entry, feed),
    )


def _content(entry: Any) -> tuple[str, str] | None:
    """Return the longest text of an article and its media type; the summary if that is all."""
    texts = [*entry.get("content", ()), *filter(None, [entry.get("summary_detail")])]
    texts = [text for text in texts if text.get("value", "").strip()]
    if not texts:
        return None
    text = max(texts, key=lambda text: len(text["value"]))
    return text["value"], "text/html" if text.get("type") in _MARKUP else "text/plain"


def _metadata(entry: Any, feed: Any) -> Metadata:
    return Metadata(
        title=_line(entry.get("title")),
        authors=tuple(filter(None, (_line(it.get("name")) for it in entry.get("authors", ())))),
        published=_date(entry, "published_parsed"),
        modified=_date(entry, "updated_parsed"),
        publisher=_line(feed.get("title")),
        url=entry.get("link") or None,
        tags=tuple(filter(None, (_line(it.get("term")) for it in entry.get("tags", ())))),
        language=_line(feed.get("language")),
    )


def _line(text: Any) -> str | None:
    return " ".join(str(text).split()) or None if text else None


def _seconds(entry: Any, key: str) -> float | None:
    """Return a time of an article in seconds."""
    if key not in entry:  # or feedparser would give another time instead, with a warning
        return None
    time = entry[key]
    return float(timegm(time)) if time else None


def _date(entry: Any, key: str) -> str | None:
    seconds = _seconds(entry, key)
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()


@hookimpl
def copydesk_sources() -> list[SourceSpec[Options]]:
    """Offer the source."""
    return [SourceSpec("feeds", Options, Feeds)]
