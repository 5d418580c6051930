"""Tests that large files cost little more than their bytes and their text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SIZE = 40_000_000
LINE = b"The committee said on Tuesday that the budget would be put to a vote in a month.\n"
NARROW = " Le président a dit que cet été serait chaud, où « tout » est fermé.\n"
WIDE = " Le président a dit que l’été serait chaud, où « tout » est fermé.\n"
MEASURE = """
import resource, sys
from pathlib import Path
from copydesk.api import Document, Item
from copydesk_encoding import build_chardet
from copydesk_encoding.options import ChardetOptions

unit = 1 if sys.platform == "darwin" else 1024

def peak():
    return unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

step = build_chardet(ChardetOptions())
step.process(Document(Item("a"), raw="été, où".encode("cp1252")))
raw = Path(sys.argv[1]).read_bytes()
before = peak()
document = step.process(Document(Item("a"), raw=raw))
print(document.encoding.name, document.encoding.replaced, ascii(document.text[-4:]))
print((peak() - before - sys.getsizeof(document.text)) / len(raw))
"""


@pytest.mark.parametrize(
    ("tail", "label", "replaced", "copies"),
    [
        (b"", "utf-8", 0, 0),
        (NARROW.encode("cp1252") * 9, "windows-1252", 0, 0),
        (WIDE.encode(), "utf-8", 0, 1),
        (WIDE.encode("cp1252"), "windows-1252", 0, 1),
        (WIDE.encode() * 9 + b"\x93\n", "utf-8", 1, 1),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no peak")
def test_large_files_are_not_copied(
    tmp_path: Path, tail: bytes, label: str, replaced: int, copies: int
) -> None:
    """What follows megabytes of ASCII is seen, and nothing but wider text costs a copy.

    That copy is Python's own: text that turns out to be wider is written again.
    """
    file = tmp_path / "large.txt"
    file.write_bytes(LINE * (SIZE // len(LINE)) + tail)

    found, share = subprocess.run(
        [sys.executable, "-c", MEASURE, file], check=True, capture_output=True, text=True
    ).stdout.splitlines()

    end = (LINE + tail).decode(label, "replace")[-4:].replace("\ufffd", "“")
    assert f"{label} {replaced} {end!a}" == found
    assert float(share) < copies + 0.15
