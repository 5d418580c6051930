"""Decides about one member of an archive as the folder decides about a file on disk."""

from __future__ import annotations

import re

from attrs import frozen

from copydesk.api import Item, Listed, Skipped, Unreadable, media_type_of
from copydesk_folder.container import Place, kind_of
from copydesk_folder.names import from_uri, to_uri

CHANGED = "the archive has changed since it was listed"
"""What to say of a member that is not where it was."""
_LATEST = 253_402_300_800  # seconds from 1970 to the year 10000
_ABSOLUTE = re.compile(r"/|[A-Za-z]:/")


@frozen
class Member:
    """What an archive says about one of its members."""

    name: str
    """With `/` between the parts; undecodable bytes are surrogates."""
    size: int
    """Bytes, unpacked."""
    position: int
    """Where its reader finds it again."""
    modified: float | None = None
    """Seconds since the epoch."""
    kind: str = ""
    """What it is, if not a file."""
    fault: str = ""
    """Why it cannot be read."""
    sha256: str = ""
    """Of the content, in hex, where it is known."""


def split_name(name: str) -> list[str]:
    """Return the parts of a member's name that say something."""
    return [part for part in name.split("/") if part not in {"", "."}]


def list_member(place: Place, member: Member) -> Listed:
    """Return the member as an item, or why it is none."""
    parts = split_name(member.name)
    if _ABSOLUTE.match(member.name) or ".." in parts:
        reason = "its name leads out of the archive: it is absolute or has '..' in it"
        return Unreadable(f"{place.uri}#{to_uri(member.name)}", reason)
    name = to_uri("/".join(parts))
    key = f"{place.uri}#{name}"
    if member.kind:
        return Skipped(key, f"{member.kind}, not a file")
    reason = _refuse(place, parts)
    if reason:
        return Skipped(key, reason)
    if member.fault:
        return Unreadable(key, member.fault)
    if member.size > place.options.max_bytes:
        reason = f"{member.size} bytes, more than max_bytes ({place.options.max_bytes})"
        return Unreadable(key, reason)
    return Item(
        place.uri,
        name,
        media_type_of(name),
        size=member.size,
        modified=_sensible(member.modified) or place.modified,
        sha256=member.sha256,
        position=member.position,
    )


def _sensible(modified: float | None) -> float | None:
    """Return a time that is neither missing nor out of this world."""
    return modified if modified and 0 < modified < _LATEST else None


def _refuse(place: Place, parts: list[str]) -> str:
    """Return why something of this name is left out; else nothing."""
    path = from_uri(place.uri)
    for folder in parts[:-1]:
        path = f"{path}/{folder}"
        reason = place.selection.refuse_folder(path, folder)
        if reason:
            return f"in a folder that is left out: {reason}"
    name = parts[-1] if parts else ""
    if kind_of(name) in place.options.containers:
        return "a container in a container is not opened; unpack the outer one"
    return place.selection.refuse(f"{path}/{name}", name)
