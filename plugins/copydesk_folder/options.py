"""The options of the source `folder`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from attrs import field, frozen
from attrs.validators import deep_mapping, ge, in_, instance_of

ARTICLES = ("*.txt", "*.text", "*.html", "*.htm", "*.xhtml", "*.md")
Kind = Literal["zip", "tar", "jsonl", "warc", "eml"]
KINDS: tuple[Kind, ...] = ("zip", "tar", "jsonl", "warc", "eml")
FIELDS = (
    "text",
    "html",
    "id",
    "title",
    "authors",
    "published",
    "modified",
    "publisher",
    "url",
    "description",
    "categories",
    "tags",
    "image",
    "language",
)


@frozen
class Options:
    """Which files of a folder are items, and how those that contain items are read."""

    path: Path
    """The folder; everything below it is looked at. Or a single file."""
    include: tuple[str, ...] = (*ARTICLES, *(f"{glob}.gz" for glob in ARTICLES))
    """Globs of the files to take, case ignored. Without a `/` a glob is for the name (`*.txt`),
    with one for the path below the folder (`2024/**/*.html`). An archive counts as a folder."""
    exclude: tuple[str, ...] = ()
    """Globs of files and folders to leave out, in the same form; they win over `include`."""
    max_bytes: int = field(default=100_000_000, validator=[instance_of(int), ge(1)])
    """A larger document, compressed or unpacked, goes to quarantine instead of into memory."""
    quiet_seconds: float = field(default=0, validator=ge(0))
    """A file that has changed in the last so many seconds may still be being written: it is left
    for a later run. 0 reads it as it is; `copydesk watch` sets it."""
    containers: tuple[Kind, ...] = KINDS
    """Files that are opened for the documents in them, by their ending: `zip`; `tar` (also
    `.tgz`), `jsonl` (also `.ndjson`) and `warc`, each also with `.gz`, `.bz2` or `.xz` after it;
    `eml`. Those that are not listed here are files like any other."""
    max_ratio: int = field(default=200, validator=[instance_of(int), ge(1)])
    """A container that unpacks to more than so many times its size, and to more than 16 MiB, is
    taken for a bomb: what comes after that goes to quarantine."""
    json_fields: dict[str, str] = field(
        factory=dict, validator=deep_mapping(in_(FIELDS), instance_of(str), instance_of(dict))
    )
    """Where a line of JSON keeps what: `{text: body, published: meta.date}`. What is not named here
    is under its own name; an empty name switches it off. A line needs `text` or, without it,
    `html`; `id` names the document, else the number of the line does."""
    mail_part: Literal["text", "html"] = "text"
    """Which form of a mail to take where it has both."""
