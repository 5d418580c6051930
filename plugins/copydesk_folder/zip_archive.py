"""Lists and reads zip archives."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Item, Listed, Unreadable
from copydesk_folder.container import BOMB, DamageError, Place
from copydesk_folder.content import unpack_by_name
from copydesk_folder.file import File
from copydesk_folder.member import CHANGED, Member, list_member, split_name
from copydesk_folder.names import to_uri
from copydesk_folder.zip_directory import find_directory, read_directory
from copydesk_folder.zip_format import read_mark
from copydesk_folder.zip_member import ANOTHER, read_content, read_header, salvage


class ZipArchive:
    """An open zip archive; its members are read where they are."""

    def __init__(self, place: Place) -> None:
        """Open it; raises `OSError`."""
        self._place = place
        self._file = File(place.path)

    def members(self) -> Iterator[Listed]:
        """Yield the members in the order of the directory, or of the file if that is lost."""
        left = self._place.budget
        for member in self._find():
            listed = list_member(self._place, member)
            if isinstance(listed, Item):
                left -= member.size
                if left < 0:
                    yield Unreadable(listed.key, BOMB)
                    continue
            yield listed

    def read(self, item: Item) -> bytes:
        """Return the content of a member."""
        offset, checksum = read_mark(item.position or 0)
        header = read_header(self._file, offset)
        if header is None:
            raise DamageError(CHANGED)
        if to_uri("/".join(split_name(header.member.name))) != item.member:
            raise DamageError(ANOTHER)
        content = read_content(self._file, header, item.size, checksum)
        return unpack_by_name(content, item.member or "", self._place.options.max_bytes)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _find(self) -> Iterator[Member]:
        directory = find_directory(self._file)
        if directory is None:
            return salvage(self._file, self._place.budget)
        return read_directory(self._file, directory)


open_container = ZipArchive
