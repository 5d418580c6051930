"""What a condition may ask of a document, with types and meanings."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from attrs import frozen
from cel_expr_python import cel

from copydesk.document import Document

_TEXT, _WHOLE, _NUMBER = cel.Type.STRING, cel.Type.INT, cel.Type.DOUBLE
_TEXTS = cel.Type.List(cel.Type.STRING)


@frozen
class Variable:
    """Something that an expression may ask of a document."""

    name: str
    """As it is written: `document.language.code`."""
    documentation: str
    """What it is."""
    kind: str
    """Its type in words."""
    empty: Any
    """Its value where the document has none."""
    type: Any
    """Its type in CEL."""
    field: str
    """The field of the document that it comes from."""
    ask: Callable[[Document], Any]

    def get(self, document: Document) -> Any:
        """Return the value for a document, in a form that CEL takes."""
        found = self.ask(document)
        if found is None:
            return self.empty
        if isinstance(found, str):
            # CEL refuses lone surrogates, which names of files may hold
            return found.encode("utf-8", "replace").decode()
        return list(found) if isinstance(found, tuple) else found


def _variable(
    name: str,
    documentation: str,
    kind: str = "text",
    ask: Callable[[Document], Any] | None = None,
    field: str = "",
) -> Variable:
    empty, of = _KINDS[kind]
    field = field or name.partition(".")[0]
    return Variable(f"document.{name}", documentation, kind, empty, of, field, ask or _follow(name))


_KINDS: dict[str, tuple[Any, Any]] = {
    "text": ("", _TEXT),
    "whole number": (0, _WHOLE),
    "number": (0.0, _NUMBER),
    "list of texts": ([], _TEXTS),
    "mapping of mappings": ({}, cel.Type.Map(_TEXT, cel.Type.Map(_TEXT, cel.Type.DYN))),
}


def _follow(path: str) -> Callable[[Document], Any]:
    """Return a function that follows attributes from a document until one is None."""
    field, _, rest = path.partition(".")
    if not rest:
        return attrgetter(field)

    def ask(document: Document) -> Any:
        value = getattr(document, field)
        return None if value is None else getattr(value, rest)

    return ask


def _extra(document: Document) -> dict[str, Any]:
    return dict(document.extra)


def _codes(document: Document) -> list[str]:
    return sorted({span.code for span in document.languages})


def _characters(document: Document) -> int:
    return len(document.text or "")


def _size(document: Document) -> int:
    return len(document.raw)


VARIABLES: tuple[Variable, ...] = (
    _variable("uri", "Place relative to the source's root.", ask=_follow("item.uri"), field="item"),
    _variable("member", "Name inside a container.", ask=_follow("item.member"), field="item"),
    _variable("media_type", "Media type, such as `text/html`, which stands for XHTML too."),
    _variable("size", "Bytes.", "whole number", _size, "raw"),
    _variable("text", "The text as it stands before this step."),
    _variable("characters", "Length of the text.", "whole number", _characters, "text"),
    _variable("encoding.name", "Encoding, such as `utf-8`."),
    _variable("encoding.method", "What decided the encoding, such as `bom`."),
    _variable("encoding.confidence", "0 to 1.", "number"),
    _variable("encoding.replaced", "Sequences that are not valid in it.", "whole number"),
    _variable("language.code", "Language of most of the text, such as `zh`."),
    _variable("language.script", "Its writing system, such as `Hans`."),
    _variable("language.confidence", "0 to 1.", "number"),
    _variable("languages", "Codes of all languages of the text.", "list of texts", _codes),
    _variable("labels", "Labels of the entities found so far.", "list of texts", field="entities"),
    _variable("metadata.title", "Headline."),
    _variable("metadata.authors", "Names.", "list of texts"),
    _variable("metadata.published", "ISO 8601 date or date-time."),
    _variable("metadata.modified", "ISO 8601 date or date-time."),
    _variable("metadata.publisher", "Site or newspaper."),
    _variable("metadata.url", "Canonical address."),
    _variable("metadata.description", "Standfirst."),
    _variable("metadata.categories", "Sections of the site.", "list of texts"),
    _variable("metadata.tags", "Keywords.", "list of texts"),
    _variable("metadata.language", "Language that the page declares, which may be wrong."),
    _variable(
        "extra",
        "What plugins add: `document.extra.shout.marks > 3`, after `has(document.extra.shout)`.",
        "mapping of mappings",
        _extra,
    ),
)
"""All there is, in the order of the documentation."""
