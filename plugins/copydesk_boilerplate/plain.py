"""Takes all the visible text of a page: what is left when no main content can be told."""

from __future__ import annotations

from typing import Any

from attrs import evolve
from lxml.etree import iterwalk

from copydesk.api import Document, DocumentError
from copydesk_boilerplate.markup import find_markup
from copydesk_boilerplate.metadata import PageFacts
from copydesk_boilerplate.options import PlainOptions
from copydesk_boilerplate.page import Parser
from copydesk_boilerplate.weight import refuse_heavy

_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"
})  # fmt: skip
_INVISIBLE = frozenset({
    "audio", "canvas", "datalist", "embed", "head", "iframe", "math", "noscript", "object",
    "script", "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip


class Plain:
    """The step `boilerplate.plain`: the text becomes all that the page shows, line by line.

    It is made to come after an extractor in a `first`: it finds a text in nearly every page, with
    whatever surrounds the article.
    """

    def __init__(self, options: PlainOptions) -> None:
        self._max_tags = options.max_tags
        self._left_out = _INVISIBLE | {name.lower() for name in options.leave_out}
        self._parser = Parser()

    def process(self, document: Document) -> Document:
        """Return the document with the visible text as its text.

        Raises `DocumentError` if there is none, or if the page cannot be parsed.
        """
        page = document.text or ""
        markup = find_markup(page)
        refuse_heavy(page, markup, self._max_tags)
        tree = self._parser.parse(page)
        metadata = PageFacts(tree).read().filled(document.metadata)
        # an unclosed menu can hold the whole page
        text = self._read(tree, self._left_out) or self._read(tree, _INVISIBLE)
        if not text:
            raise DocumentError(f"no visible text found in {len(page)} characters of HTML")
        return evolve(document.with_text(text, markup), metadata=metadata)

    def _read(self, tree: Any, left_out: frozenset[str]) -> str:
        """Return the text of all but some elements, one line for each block."""
        pieces: list[str] = []
        walk = iterwalk(tree, events=("start", "end"))
        for event, element in walk:
            if element.tag not in _INLINE:
                pieces.append("\n")
            if event == "end":
                pieces.append(_on_one_line(element.tail))
            elif element.tag in left_out:
                walk.skip_subtree()
            else:
                pieces.append(_on_one_line(element.text))
        lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
        return "\n".join(line for line in lines if line)


def _on_one_line(text: str | None) -> str:
    """Return a piece of text whose line breaks mean nothing, as in a browser."""
    return " ".join(text.splitlines(keepends=False)) if text else ""
