"""Keeps a whole record in a file, to compare a later one with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from copydesk.comparison import Change, compare
from copydesk.content import Content
from copydesk.expectations.operators import OPERATORS, show

_MOST = 10  # differences that are told


def write_snapshot(path: Path, content: Content) -> bool:
    """Write the content of a record; returns whether that changed the file."""
    written = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=False) + "\n"
    if path.is_file() and path.read_text(encoding="utf-8") == written:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written, encoding="utf-8")
    return True


def compare_with_snapshot(path: Path, content: Content) -> Iterator[str]:
    """Yield every difference from the file in words; a file that cannot be read is one."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        changes = compare(kept, content)
    except FileNotFoundError:
        yield f"{path} does not exist; write it with --update"
        return
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        yield f"{path} cannot be read ({type(error).__name__}: {error}); write it with --update"
        return
    yield from (_tell(change) for change in changes[:_MOST])
    if len(changes) > _MOST:
        yield f"and {len(changes) - _MOST} more fields"


def _tell(change: Change) -> str:
    if change.field in {"entities", "removed"}:
        gone, new = change.before, change.after
        words = [f"{len(gone)} gone: {show(gone[0])}"] if gone else []
        words += [f"{len(new)} new: {show(new[0])}"] if new else []
        return f"{change.field}: {'; '.join(words)}"
    return f"{change.field}: {OPERATORS['equals'].object_to(change.after, change.before)}"
