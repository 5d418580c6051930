"""Scores the lines step: `python tests/quality/boilerplate_lines.py DATA [--errors]`.

DATA is the folder that holds `boilerplate`. Boilerplate is the positive class; lines without a
label do not count, and content that is lost is counted in characters.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from copydesk.api import Document, Encoding, Item
from copydesk_boilerplate.lines import Lines
from copydesk_boilerplate.options import LinesOptions


def read_documents(data: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents: their lines, and whether each is content."""
    with gzip.open(data / "boilerplate" / "lines.jsonl.gz", "rt", encoding="utf-8") as rows:
        yield from map(json.loads, rows)


def find_removed(step: Lines, lines: list[str]) -> tuple[list[int], dict[str, str]]:
    """Return how many characters of each line are removed, and the reasons by removed text."""
    text = "\n".join(lines)
    document = Document(Item("a.txt")).decoded(text, Encoding("utf-8", "utf-8"))
    gone = bytearray(len(text))
    reasons = {}
    for removed in step.process(document).removed:
        assert removed.start is not None
        assert removed.end is not None
        gone[removed.start : removed.end] = b"\1" * (removed.end - removed.start)
        reasons[removed.text.strip()] = removed.reason
    counts = []
    start = 0
    for line in lines:
        counts.append(sum(gone[start : start + len(line)]))
        start += len(line) + 1
    return counts, reasons


def main() -> None:
    """Print precision, recall, F1, and the share of content that is lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--errors", action="store_true", help="print content that was removed")
    parser.add_argument("--edge-lines", type=int, default=LinesOptions().edge_lines)
    arguments = parser.parse_args()
    step = Lines(LinesOptions(edge_lines=arguments.edge_lines))
    counts: Counter[str] = Counter()
    seconds = 0.0
    for document in read_documents(arguments.data):
        before = time.process_time()
        removed, reasons = find_removed(step, document["lines"])
        seconds += time.process_time() - before
        for line, content, gone in zip(
            document["lines"], document["content"], removed, strict=True
        ):
            if content is not None:
                whole = gone >= len(line.strip()) > 0
                counts[
                    f"{'content' if content else 'boilerplate'} {'gone' if whole else 'kept'}"
                ] += 1
            if content:
                counts["characters"] += len(line)
                counts["characters lost"] += gone
                if gone and arguments.errors:
                    print(document["site"], reasons.get(line.strip()), line[:200], sep=" | ")
    right, wrong = counts["boilerplate gone"], counts["content gone"]
    precision = right / max(1, right + wrong)
    recall = right / max(1, right + counts["boilerplate kept"])
    print(
        f"precision {precision:.3f}  recall {recall:.3f}  "
        f"F1 {2 * precision * recall / max(1e-9, precision + recall):.3f}  "
        f"content characters lost {counts['characters lost'] / counts['characters']:.3%}  "
        f"{seconds:.1f} s"
    )


if __name__ == "__main__":
    main()
