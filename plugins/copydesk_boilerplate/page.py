"""Parses a page into a tree, and refuses one that the parser would cut short or never finish."""

from __future__ import annotations

import re
from typing import Any

from lxml.etree import ErrorTypes, ParserError
from lxml.html import HTMLParser, document_fromstring

from copydesk.api import DocumentError

_CONTROLS = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D})
_NONCHARACTERS = re.compile("[\ufffe\uffff]")
_EMPTY_ROOT = re.compile(rb"(<html\b[^<>]*?)\s*/>", re.IGNORECASE)  # would end the page at once


class Parser:
    """Parses pages with one lxml parser, which a worker keeps."""

    def __init__(self) -> None:
        # huge_tree: without it the parser drops texts over 10 MB and all below 256 levels.
        self._parser = HTMLParser(
            collect_ids=False,
            default_doctype=False,
            encoding="utf-8",
            remove_comments=True,
            remove_pis=True,
            huge_tree=True,
        )

    def parse(self, source: str) -> Any:
        """Return the root element of a page.

        Raises `DocumentError` if it is blank or nested too deep.
        """
        try:
            tree = document_fromstring(_clean(source), parser=self._parser)
        except ParserError as error:
            raise DocumentError("the page is empty: no element was found in it") from error
        for entry in self._parser.error_log.filter_from_fatals():
            if entry.type == ErrorTypes.ERR_RESOURCE_LIMIT:
                raise DocumentError(
                    f"line {entry.line}: the page cannot be parsed to its end: {entry.message}"
                )
        return tree


def _clean(source: str) -> bytes:
    """Return the page in UTF-8 without the characters that no XML tree can hold."""
    if "\ufffe" in source or "\uffff" in source:
        source = _NONCHARACTERS.sub("", source)
    page = source.encode("utf-8", "replace").translate(None, _CONTROLS)
    if b"/>" in page[:4096]:
        page = _EMPTY_ROOT.sub(rb"\1>", page[:4096], count=1) + page[4096:]
    return page
