"""Extracts the article and the facts about it from a web page, with trafilatura."""

from __future__ import annotations

import logging

from attrs import evolve
from trafilatura import bare_extraction

from copydesk.api import Document, DocumentError
from copydesk_boilerplate.markup import find_markup
from copydesk_boilerplate.metadata import PageFacts
from copydesk_boilerplate.options import ExtractionOptions
from copydesk_boilerplate.page import Parser
from copydesk_boilerplate.weight import refuse_heavy


class Extraction:
    """The step `boilerplate.trafilatura`: the text becomes the main content of the page.

    A page in which no main content is found goes to quarantine; an empty record would hide it.
    """

    def __init__(self, options: ExtractionOptions) -> None:
        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it says, we raise
        self._options = options
        self._parser = Parser()

    def process(self, document: Document) -> Document:
        """Return the document with the main content as its text.

        Raises `DocumentError` if there is none, or if the page cannot be parsed.
        """
        page = document.text or ""
        markup = find_markup(page)
        refuse_heavy(page, markup, self._options.max_tags)
        tree = self._parser.parse(page)
        metadata = PageFacts(tree).read().filled(document.metadata)
        text = self._main_content(tree)
        if len(text) < self._options.min_characters:
            raise DocumentError(
                f"no main content found in {len(page)} characters of HTML"
                if not text
                else f"main content of {len(text)} characters, "
                f"fewer than min_characters ({self._options.min_characters})"
            )
        return evolve(document.with_text(text, markup), metadata=metadata)

    def _main_content(self, tree: object) -> str:
        try:
            found = bare_extraction(
                tree,
                include_comments=self._options.include_comments,
                include_tables=self._options.include_tables,
                fast=not self._options.compare,
            )
        except RecursionError as error:
            raise DocumentError("the page's elements are nested too deep to extract") from error
        text: str | None = getattr(found, "text", None)
        return (text or "").strip()
