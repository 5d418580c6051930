"""Reads what a page says about itself in JSON-LD, with the words of schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

_WRAPPING = re.compile(r"^\s*(?:<!--|(?://\s*)?<!\[CDATA\[)|(?:-->|(?://\s*)?\]\]>)[\s;]*$|[\s;]+$")
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|Recipe|Interview)$")
_NESTING = ("@graph", "mainEntity", "mainEntityOfPage")
_DEPTH = 4  # levels of nesting that are followed


class LinkedData:
    """The facts of one page: those of its first article, then those of the page itself."""

    def __init__(self, scripts: Iterable[str]) -> None:
        nodes = [node for script in scripts for node in _nodes(_load(script), _DEPTH)]
        named = [(node.get("@id"), node) for node in reversed(nodes) if len(node) > 1]
        self._by_id = {name: node for name, node in named if isinstance(name, str)}
        articles = [node for node in nodes if any(map(_ARTICLE.search, _types(node)))]
        pages = [node for node in nodes if any(kind.endswith("Page") for kind in _types(node))]
        self._about = [*articles[:1], *pages[:1]]

    def texts(self, *properties: str, of: tuple[str, ...] = ("name",)) -> list[str]:
        """Return the texts of the first property that has any; of a thing, those `of` it."""
        for node in self._about:
            for name in properties:
                found = [text for text in self._read(node.get(name), of, _DEPTH) if text]
                if found:
                    return found
        return []

    def _read(self, value: Any, of: tuple[str, ...], depth: int) -> Iterator[str]:
        if isinstance(value, str):
            yield " ".join(unescape(value).split())
        elif isinstance(value, list) and depth:
            for part in value:
                yield from self._read(part, of, depth - 1)
        elif isinstance(value, dict) and depth:
            known = [value, self._by_id.get(str(value.get("@id")), {})]
            inner = next((node[key] for node in known for key in of if node.get(key)), None)
            yield from self._read(inner, of, depth - 1)


def _load(script: str) -> Any:
    try:
        return json.loads(_WRAPPING.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return None  # pages get it wrong often; what they say elsewhere counts then


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the things that are told of, from the outside in."""
    if isinstance(value, list) and depth:
        for part in value:
            yield from _nodes(part, depth - 1)
    elif isinstance(value, dict) and depth:
        yield value
        for key in _NESTING:
            yield from _nodes(value.get(key), depth - 1)


def _types(node: dict[str, Any]) -> list[str]:
    found = node.get("@type")
    return [
        kind for kind in (found if isinstance(found, list) else [found]) if isinstance(kind, str)
    ]
