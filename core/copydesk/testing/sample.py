"""Documents to try a step on, filled as far as the step needs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from attrs import evolve, frozen

from copydesk.document import Document, Encoding, Entity, Language, LanguageSpan
from copydesk.item import Item
from copydesk.metadata import Metadata
from copydesk.testing.corpus import Article, articles
from copydesk.testing.hostile import BYTES, EMPTY, HOSTILE, MESSY, huge

OTHERS = "kit"
"""The namespace under `extra` that another plugin has filled."""
_ADVERTISEMENT = "Advertisement\n"


@frozen
class Sample:
    """A document to try, and what it is called in messages."""

    group: str
    """`scripts`, `pages`, `travelled`, `messy`, `empty`, `hostile`, `huge`, `bytes` or `yours`."""
    name: str
    document: Document

    @property
    def key(self) -> str:
        """Its name among all samples."""
        return f"{self.group}: {self.name}"


def make_samples(
    needs: Iterable[str], huge_characters: int, yours: Iterable[Document] = ()
) -> tuple[Sample, ...]:
    """Return documents of all groups, with the fields filled that a step needs."""
    fields = frozenset(needs)
    made = list(_make(fields, huge_characters))
    made += [
        Sample("yours", f"{n} {document.item.key}", document) for n, document in enumerate(yours)
    ]
    return tuple(made)


def _make(needs: frozenset[str], huge_characters: int) -> Iterator[Sample]:
    for article in articles():
        yield Sample("scripts", article.code, _take(article.text, needs, article))
        yield Sample("pages", article.code, _take(article.as_page(), needs, article, "text/html"))
    for name, text in EMPTY.items():
        yield Sample("empty", name, _take(text, needs))
    for name, text in HOSTILE.items():
        yield Sample("hostile", name, _take(text, needs))
    yield Sample("messy", "a page saved as text", _take(MESSY, needs, articles()[0]))
    yield Sample("huge", f"{huge_characters} characters", _take(huge(huge_characters), needs))
    if "raw" in needs:
        yield from _encoded()
    else:
        for article in articles():
            yield Sample("travelled", article.code, _travel(article))


def _encoded() -> Iterator[Sample]:
    for article in articles():
        legacy = article.in_legacy()
        if legacy is not None:
            yield Sample("bytes", f"{article.code} in {article.legacy}", _wrap(legacy))
    utf16 = articles()[0].text.encode("utf-16")
    yield Sample("bytes", "UTF-16", _wrap(utf16))
    for name, raw in BYTES.items():
        yield Sample("bytes", name, _wrap(raw))


def _take(
    text: str, needs: frozenset[str], article: Article | None = None, media_type: str = "text/plain"
) -> Document:
    """Return a document of a text that has what a step needs, and nothing beside it."""
    document = _wrap(text.encode("utf-8", "surrogatepass"), media_type)
    if needs <= {"raw", "item", "sha256", "media_type", "extra"}:
        return document
    document = document.decoded(text, Encoding("utf-8", "utf-8"))
    return _fill(document, needs, article)


def _wrap(raw: bytes, media_type: str = "text/plain") -> Document:
    item = Item("articles/sample.txt", media_type=media_type, size=len(raw), modified=1.7e9)
    digest = sha256(raw).hexdigest()
    return Document(item, raw, digest, media_type, extra={OTHERS: {"kept": [1, "two"]}})


def _fill(document: Document, needs: frozenset[str], article: Article | None) -> Document:
    text = document.text or ""
    code, script = (article.code, article.script) if article else ("und", None)
    if "language" in needs:
        document = evolve(document, language=Language(code, script))
    if "languages" in needs and text:
        document = evolve(document, languages=(LanguageSpan(0, len(text), code),))
    if "metadata" in needs:
        title = text.partition("\n")[0] or None
        document = evolve(document, metadata=Metadata(title=title, authors=("Lena Brandt",)))
    if "entities" in needs and text:
        document = evolve(document, entities=(_first_word(text),))
    return document


def _travel(article: Article) -> Document:
    """Return a document as it is near the end of a chain: everything filled, a piece cut out."""
    text = f"{_ADVERTISEMENT}{article.text}"
    document = _wrap(text.encode()).decoded(text, Encoding("utf-8", "utf-8"))
    document = document.without([(0, len(_ADVERTISEMENT))], "advertisement")
    document = document.without([(len(article.text) - 1, len(article.text))], "line end")
    removed = tuple(evolve(piece, step="cut") for piece in document.removed)
    everything = frozenset({"language", "languages", "metadata", "entities"})
    return _fill(evolve(document, removed=removed), everything, article)


def _first_word(text: str) -> Entity:
    word = text.split(maxsplit=1)[0] if text.strip() else text
    start = text.index(word)
    return Entity(start, start + len(word), word, "WORD", step="words")
