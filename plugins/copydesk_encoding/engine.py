"""Asks chardet what bytes are that nothing else explains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import frozen

from copydesk.api import Candidate
from copydesk_encoding.labels import find_label
from copydesk_encoding.signature import count_controls, strip_controls

if TYPE_CHECKING:
    from chardet import EncodingEra

_MAX_CONTROL_SHARE = 0.12
_LEAST_CONFIDENCE = 0.2  # random bytes get 0.02
Eras = Literal["news", "web", "all"]
"""Which encodings chardet may answer."""


@frozen
class Engine:
    """chardet, kept to some eras; import it by building this once a worker."""

    eras: Eras

    def __attrs_post_init__(self) -> None:
        """Load chardet now, so that the first document does not wait for it."""
        import chardet  # noqa: F401, PLC0415 - heavy

    def detect(self, raw: bytes) -> tuple[Candidate, ...]:
        """Return what `raw` may be encoded in, best first; nothing for binary data.

        chardet takes text that is strewn with control characters, a trick of spam pages, for
        binary data. Without them it is sure of text and unsure of anything else.
        """
        found = self._ask(raw)
        if found or count_controls(raw) > _MAX_CONTROL_SHARE * len(raw):
            return found
        cleaned = self._ask(strip_controls(raw))
        return cleaned if cleaned and cleaned[0].confidence >= _LEAST_CONFIDENCE else ()

    def _ask(self, raw: bytes) -> tuple[Candidate, ...]:
        from chardet import detect_all  # noqa: PLC0415

        answers = detect_all(
            raw,
            ignore_threshold=True,
            encoding_era=_find_eras(self.eras),
            prefer_superset=False,  # it reads ISO 8859-2, -5 and -6 as windows pages that differ
            compat_names=False,
        )
        best: dict[str, float] = {}
        for answer in answers:
            name = answer["encoding"]
            label = None if name is None else find_label(name)
            if label is not None:
                best.setdefault(label, answer["confidence"])
        return tuple(Candidate(label, confidence) for label, confidence in best.items())


def _find_eras(eras: Eras) -> EncodingEra:
    from chardet import EncodingEra  # noqa: PLC0415

    if eras == "all":
        return EncodingEra.ALL
    web = EncodingEra.MODERN_WEB | EncodingEra.LEGACY_ISO
    return web if eras == "web" else web | EncodingEra.LEGACY_REGIONAL | EncodingEra.LEGACY_MAC
