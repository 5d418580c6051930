"""Writes file names as URIs and reads them back, whatever bytes they are made of."""

from __future__ import annotations

import os
import re
from urllib.parse import unquote_to_bytes

# What would make a URI ambiguous, break a line or turn it around: the escape itself, the mark
# before a member, control characters, and those that end lines or overrule the way of writing.
# Everything else stays readable, so that `新闻/1.txt` is its own URI.
_ESCAPED = re.compile(r"[%#\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\udc80-\udcff]")


def to_uri(name: str) -> str:
    """Return a path below the root as a URI, in which bytes that cannot be shown are `%XX`."""
    return _ESCAPED.sub(_escape, name) if _ESCAPED.search(name) else name


def from_uri(uri: str) -> str:
    """Return the path that `to_uri` was given."""
    return os.fsdecode(unquote_to_bytes(uri)) if "%" in uri else uri


def _escape(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in os.fsencode(match[0]))
