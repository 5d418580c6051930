"""Reads what a page says about itself: headline, authors, dates, publisher and so on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from copydesk.api import Metadata
from copydesk_boilerplate.dates import read_date
from copydesk_boilerplate.linked_data import LinkedData
from copydesk_boilerplate.names import clean_names, split_names

# Names of meta elements, the most trusted first.
_TITLE = "og:title twitter:title citation_title dc.title dcterms.title parsely-title headline title"
_AUTHOR = (
    "article:author author parsely-author sailthru.author byl dc.creator dcterms.creator"
    " citation_author cxenseparse:author og:article:author authors"
)
_PUBLISHED = (
    "article:published_time og:article:published_time article:published og:published_time"
    " datepublished dc.date.issued dcterms.issued dcterms.created dc.date.created dcterms.date"
    " dc.date date parsely-pub-date sailthru.date pubdate publishdate publish-date publish_date"
    " publication_date published_time cxenseparse:recs:publishtime citation_publication_date"
    " article.published originalpublicationdate"
)
_MODIFIED = (
    "article:modified_time og:article:modified_time og:updated_time datemodified"
    " dcterms.modified dc.date.modified last-modified lastmod"
)
_PUBLISHER = "og:site_name application-name dc.publisher dcterms.publisher publisher"
_DESCRIPTION = "og:description description twitter:description dc.description"
_SECTION = "article:section section"
_TAGS = "article:tag news_keywords parsely-tags keywords"
_IMAGE = "og:image og:image:url twitter:image twitter:image:src"
_LANGUAGE = "content-language language dc.language og:locale"

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_COMMA = re.compile(r"\s*[,;\uff0c\uff1b\u3001\u060c]\s*")  # also as in Chinese and Arabic
_SITE = re.compile(r"\s+(?:[|·•–—»:-]|::)\s+")  # parts the headline from the name of the site


class PageFacts:
    """What one parsed page says; what it says to machines comes before what it shows."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        scripts = (script for script in tree.iter("script") if "ld+json" in script.get("type", ""))
        self._data = LinkedData(script.text for script in scripts if script.text)
        self._meta = _read_meta(tree)

    def read(self) -> Metadata:
        """Return the metadata; what the page does not say is left out, not guessed."""
        data, find = self._data, self._find
        publisher = _first(data.texts("publisher")) or _first(find(_PUBLISHER))
        return Metadata(
            title=self._title(publisher),
            authors=self._authors(),
            published=_date(data.texts("datePublished")) or _date(find(_PUBLISHED)) or self._time(),
            modified=_date(data.texts("dateModified")) or _date(find(_MODIFIED)),
            publisher=publisher,
            url=self._url(),
            description=_first(find(_DESCRIPTION)) or _first(data.texts("description")),
            categories=_terms(data.texts("articleSection") or find(_SECTION)),
            tags=_terms(find(_TAGS) or data.texts("keywords")),
            image=_address([*find(_IMAGE), *data.texts("image", of=("url", "contentUrl"))]),
            language=self._language(),
        )

    def _find(self, names: str) -> list[str]:
        """Return the contents of the first of the named meta elements that is there."""
        return next((self._meta[name] for name in names.split() if name in self._meta), [])

    def _title(self, publisher: str | None) -> str | None:
        """Return the headline: as declared, or the only one shown, or the page's own title."""
        shown = [text for text in map(_text, self._tree.iter("h1")) if text]
        if headline := _first(self._data.texts("headline")) or (len(shown) == 1 and shown[0]):
            return headline
        title = _first(self._find(_TITLE)) or _first(map(_text, self._tree.iter("title")))
        *before, last = _SITE.split(title or "")
        if title and before and publisher and publisher.casefold() in last.casefold():
            return title[: -len(last)].rstrip(" |·•–—»:-")
        return title

    def _authors(self) -> tuple[str, ...]:
        if declared := clean_names(self._data.texts("author", "creator")):
            return declared
        if declared := clean_names(n for text in self._find(_AUTHOR) for n in split_names(text)):
            return declared
        shown = self._tree.xpath("//a[@rel='author'] | //body//*[@itemprop='author']")
        return clean_names(name for part in shown[:3] for name in split_names(_text(part)))

    def _time(self) -> str | None:
        """Return the date that an element of the body gives to machines."""
        marked = self._tree.xpath("//*[@itemprop='datePublished'] | //time[@datetime]")
        values = (part.get("content") or part.get("datetime") or _text(part) for part in marked)
        return _date(values)

    def _url(self) -> str | None:
        links = (link for link in self._tree.iter("link") if link.get("rel") == "canonical")
        declared = (link.get("href") or "" for link in links)
        return _address([*declared, *self._find("og:url"), *self._data.texts("url")])

    def _language(self) -> str | None:
        root = self._tree.get("lang") or self._tree.get(_XML_LANGUAGE) or ""
        declared = (root, *self._find(_LANGUAGE), *self._data.texts("inLanguage"))
        tags = (_LANGUAGE_TAG.fullmatch(text.strip()) for text in declared)
        return next((tag[0].replace("_", "-") for tag in tags if tag), None)


def _read_meta(tree: Any) -> dict[str, list[str]]:
    """Return the contents of meta elements by the names they go by, in lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = " ".join(unescape(element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute)
            if content and name:
                found.setdefault(name.strip().lower(), []).append(content)
    return found


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _first(texts: Iterable[str]) -> str | None:
    return next((text for text in texts if text), None)


def _date(texts: Iterable[str]) -> str | None:
    return next((found for found in map(read_date, texts) if found), None)


def _address(texts: Iterable[str]) -> str | None:
    return next((text for text in texts if text.startswith(("http://", "https://"))), None)


def _terms(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the terms of lists, each once."""
    terms = (term.strip() for text in texts for term in _COMMA.split(text))
    return tuple(dict.fromkeys(term for term in terms if term))
