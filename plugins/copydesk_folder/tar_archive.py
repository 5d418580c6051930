"""Lists and reads tar archives, plain and packed."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from hashlib import sha256

from attrs import evolve

from copydesk.api import Item, Listed
from copydesk_folder.container import DamageError, Place
from copydesk_folder.content import is_gzip, unpack_by_name
from copydesk_folder.member import CHANGED, Member, list_member
from copydesk_folder.stream import Stream
from copydesk_folder.tar_headers import TarHeaders

_LEAP = 1 << 20
_KINDS = {
    tarfile.SYMTYPE: "a symbolic link",
    tarfile.LNKTYPE: "a link to another member",
    tarfile.CHRTYPE: "a device",
    tarfile.BLKTYPE: "a device",
    tarfile.FIFOTYPE: "a named pipe",
}


class TarArchive:
    """An open tar archive; a plain one is read in place, a packed one from start to end."""

    def __init__(self, place: Place) -> None:
        """Open it; raises `OSError`."""
        self._place = place
        self._stream = Stream(place)
        self._headers = TarHeaders(self._stream)

    def members(self) -> Iterator[Listed]:
        """Yield the members in their order; those of a packed archive with their hash."""
        while (info := self._headers.next()) is not None:
            if info.isdir():
                continue
            listed = list_member(self._place, self._describe(info))
            if isinstance(listed, Item) and self._stream.is_packed:
                digest = self._hash(info)
                listed = listed if is_gzip(info.name) else evolve(listed, sha256=digest)
            else:
                self._pass_over(info)
            yield listed

    def read(self, item: Item) -> bytes:
        """Return the content of a member."""
        self._stream.go(item.position or 0)
        self._headers.go(self._stream.tell())
        info = self._headers.next()
        if info is None or list_member(self._place, self._describe(info)).key != item.key:
            raise DamageError(CHANGED)
        content = self._stream.read(item.size)
        if info.size != item.size or len(content) < item.size:
            raise DamageError(CHANGED)
        return unpack_by_name(content, info.name, self._place.options.max_bytes)

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()

    def _describe(self, info: tarfile.TarInfo) -> Member:
        return Member(
            info.name,
            info.size,
            self._stream.mark(info.offset),
            info.mtime,
            "" if info.isreg() else _KINDS.get(info.type, "something unknown"),
            "a file with holes; unpack the archive and give the folder" if info.issparse() else "",
        )

    def _hash(self, info: tarfile.TarInfo) -> str:
        found = sha256()
        left = info.size
        while left > 0 and (part := self._stream.read(min(left, _LEAP))):
            found.update(part)
            left -= len(part)
        if left:
            raise DamageError(_cut(info))
        return found.hexdigest()

    def _pass_over(self, info: tarfile.TarInfo) -> None:
        """Make sure that a member is whole."""
        if info.isreg() and not info.issparse() and self._stream.skip(info.size) < info.size:
            raise DamageError(_cut(info))


def _cut(info: tarfile.TarInfo) -> str:
    return f"damaged: it ends inside '{info.name}'"


open_container = TarArchive
