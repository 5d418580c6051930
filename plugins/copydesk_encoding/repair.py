"""Mends text that somebody decoded wrongly before it was saved."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from copydesk.api import CopydeskError, Document
from copydesk_encoding.options import RepairOptions

if TYPE_CHECKING:
    from ftfy import TextFixerConfig


@frozen
class Repair:
    """The step `encoding.repair`."""

    options: RepairOptions
    config: Any = field(init=False)  # ftfy's, or None without it

    @config.default
    def _load(self) -> TextFixerConfig | None:
        return _configure() if self.options.mojibake else None

    def process(self, document: Document) -> Document:
        """Return the document with its text mended, or itself when nothing was wrong.

        Segments point to where the mended text stood; what changed has none.
        """
        text = document.text or ""
        mended = self._mend(text)
        return document if mended == text else document.with_text(mended)

    def _mend(self, text: str) -> str:
        if self.config is not None:
            from ftfy import fix_text  # noqa: PLC0415 - an extra

            text = fix_text(text, self.config)
        if self.options.newlines:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if self.options.normalization != "none":
            text = unicodedata.normalize(self.options.normalization, text)
        return text


def _configure() -> TextFixerConfig:
    try:
        from ftfy import TextFixerConfig  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise CopydeskError(
            "encoding.repair: the package ftfy is not installed; "
            "run `pip install 'copydesk[repair]'`, or set `mojibake: false`"
        ) from error
    return TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_c1_controls=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )
