"""The cases of html5lib-tests for what a page declares."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from copydesk.api import Document, DocumentError, Item, Step
from copydesk_encoding.labels import find_label


@frozen
class Page:
    """A page and the encoding in which a browser reads it."""

    raw: bytes
    label: str
    scripted: bool
    """Whether a script writes the declaration, which only a browser can know."""


def list_pages(root: Path) -> list[Page]:
    """Return the cases of all files below `root`."""
    return [
        _split(case, path)
        for path in sorted(root.rglob("*.dat"))
        for case in path.read_bytes().split(b"#data\n")[1:]
    ]


def _split(case: bytes, path: Path) -> Page:
    raw, _, rest = case.partition(b"\n#encoding\n")
    label = find_label(rest.split(b"\n")[0].decode())
    return Page(raw, label or "", path.name.startswith("scripted"))


def read_declared(step: Step, page: Page) -> str:
    """Return the encoding in which the step reads the page, by what it declares."""
    # A page of ASCII is UTF-8 to us, whatever it declares: two accented letters ask the question.
    raw = page.raw if page.label == "utf-8" else page.raw + b" \xe4\xf6 "
    try:
        document = step.process(Document(Item("a.html"), raw=raw))
    except DocumentError as error:
        return str(error)
    assert isinstance(document, Document)
    assert document.encoding is not None
    # What the statistics say is no declaration: a browser falls back to windows-1252.
    guessed = document.encoding.method == "chardet"
    return "windows-1252" if guessed else document.encoding.name
