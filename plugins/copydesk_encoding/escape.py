"""Knows the seven-bit encodings that switch character sets with escape sequences."""

from __future__ import annotations

import re

from copydesk_encoding.decoding import count_faults

_ESCAPE = re.compile(rb"\x1b(?:\$[@AB]|\$\([@-D]|\([IJ]|\$\)[CAG]|\.[AF])")
_HZ = re.compile(rb"~\{(?:[!-w][!-~]){1,4096}~\}")
_JAPANESE = ("iso-2022-jp", "iso-2022-jp-2", "iso-2022-jp-2004")


def find_escaped(raw: bytes) -> str | None:
    """Return the label of the ISO-2022 or HZ encoding that seven-bit `raw` is in, or None."""
    if b"\x1b" in raw and _ESCAPE.search(raw):
        korean = b"\x1b$)C" in raw
        labels = ("iso-2022-kr",) if korean else _JAPANESE
        # The first that reads all of it; a cut last character costs one fault in each.
        return min(labels, key=lambda label: count_faults(raw, label))
    # One byte is sought at memory speed, two are not.
    if b"~" in raw and b"~{" in raw and _HZ.search(raw) and not count_faults(raw, "hz"):
        return "hz"
    return None
