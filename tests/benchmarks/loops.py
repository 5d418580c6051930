"""The floors: what a programmer would write by hand for one folder, in one process, in one loop."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def extract(folder: Path, output: Path) -> None:
    """Read, detect with chardet, extract with trafilatura, identify with py3langid, write JSONL."""
    import chardet
    import py3langid
    import trafilatura

    with output.open("w", encoding="utf-8") as lines:
        for path in sorted(folder.rglob("*")):
            raw = path.read_bytes()
            text = raw.decode(chardet.detect(raw)["encoding"] or "utf-8", errors="replace")
            row = {"uri": path.name, "text": text}
            if path.suffix == ".html":
                page: Any = trafilatura.bare_extraction(
                    text, include_comments=False, with_metadata=True
                )
                row["text"] = page.text if page else ""
                row["title"] = page.title if page else ""
            row["language"] = py3langid.classify(row["text"])[0]
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def copy(folder: Path, output: Path) -> None:
    """Read and write, nothing else."""
    with output.open("w", encoding="utf-8") as lines:
        for path in sorted(folder.rglob("*")):
            row = {"uri": path.name, "text": path.read_text(encoding="utf-8")}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    {"extract": extract, "copy": copy}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
