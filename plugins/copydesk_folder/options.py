"""The options of the source `folder`."""

from __future__ import annotations

from pathlib import Path

from attrs import field, frozen
from attrs.validators import ge, instance_of

ARTICLES = ("*.txt", "*.text", "*.html", "*.htm", "*.xhtml", "*.md")


@frozen
class Options:
    """Which files of a folder are items."""

    path: Path
    """The folder; everything below it is looked at."""
    include: tuple[str, ...] = (*ARTICLES, *(f"{glob}.gz" for glob in ARTICLES))
    """Globs of the files to take, case ignored. Without a `/` a glob is for the name (`*.txt`),
    with one for the path below the folder (`2024/**/*.html`)."""
    exclude: tuple[str, ...] = ()
    """Globs of files and folders to leave out, in the same form; they win over `include`."""
    max_bytes: int = field(default=100_000_000, validator=[instance_of(int), ge(1)])
    """A larger file, compressed or unpacked, goes to quarantine instead of into memory."""
