"""Asks a detector what bytes are that nothing else explains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from attrs import frozen

from copydesk.api import Candidate, CopydeskError
from copydesk_encoding.decoding import is_readable
from copydesk_encoding.labels import find_label
from copydesk_encoding.likeness import load
from copydesk_encoding.options import Eras
from copydesk_encoding.ranking import rank
from copydesk_encoding.signature import count_controls, find_high, strip_controls

if TYPE_CHECKING:
    from chardet import EncodingEra

_PLAIN = {"euc_jis_2004": "euc-jp", "shift_jis_2004": "shift_jis"}
_WINDOW = 200_000
_MAX_CONTROL_SHARE = 0.12
_LEAST_CONFIDENCE = 0.2  # random bytes get 0.02


class Engine(Protocol):
    """A way to guess."""

    @property
    def name(self) -> str:
        """What `Encoding.method` says when it decided."""

    def detect(self, raw: bytes) -> tuple[Candidate, ...]:
        """Return what `raw`, which is not UTF-8, may be in, best first; nothing for binary data."""


@frozen
class ChardetEngine:
    """chardet, kept to some eras, its answers ranked again by how the text reads."""

    eras: Eras
    name: str = "chardet"

    def __attrs_post_init__(self) -> None:
        """Load chardet and ELDC now, so that the first document does not wait for them."""
        import chardet  # noqa: F401, PLC0415 - heavy

        load()

    def detect(self, raw: bytes) -> tuple[Candidate, ...]:
        """Return what `raw` may be in.

        chardet takes text that is strewn with control characters, a trick of spam pages, for
        binary data. Without them it is sure of text and unsure of anything else.
        """
        window = _focus(raw)
        found = self._ask(window)
        if not found and count_controls(window) <= _MAX_CONTROL_SHARE * len(window):
            found = self._ask(strip_controls(window))
            if found and found[0].confidence < _LEAST_CONFIDENCE:
                return ()
        return rank(window, found)

    def _ask(self, raw: bytes) -> tuple[Candidate, ...]:
        from chardet import detect_all  # noqa: PLC0415

        answers = detect_all(
            raw,
            ignore_threshold=True,
            encoding_era=_find_eras(self.eras),
            prefer_superset=False,  # it reads ISO 8859-2, -5 and -6 as windows pages that differ
            compat_names=False,
        )
        return _label(
            [(_simplify(raw, answer["encoding"]), answer["confidence"]) for answer in answers]
        )


@frozen
class NormalizerEngine:
    """charset-normalizer, which measures how messy the text is that an encoding gives."""

    name: str = "charset-normalizer"

    def __attrs_post_init__(self) -> None:
        """Load it now; raises `CopydeskError` when it is not installed."""
        try:
            import charset_normalizer  # noqa: F401, PLC0415 - heavy
        except ImportError as error:
            raise CopydeskError(
                "encoding.charset_normalizer: the package charset-normalizer is not installed; "
                "run `pip install 'copydesk[charset-normalizer]'`"
            ) from error

    def detect(self, raw: bytes) -> tuple[Candidate, ...]:
        """Return what `raw` may be in; the confidence is the share of the text that is no mess."""
        from charset_normalizer import from_bytes  # noqa: PLC0415

        matches = from_bytes(_focus(raw))
        return _label([(match.encoding, 1 - match.chaos) for match in matches])


def _focus(raw: bytes) -> bytes:
    """Return the part of a large file that is worth a look: from where it is not ASCII."""
    if len(raw) <= _WINDOW:
        return raw
    # Bytes of ASCII are whole characters in all encodings that get here, so the cut is clean.
    first = max(0, find_high(raw) - 256)
    return raw[first : first + _WINDOW]


def _label(answers: list[tuple[str | None, float]]) -> tuple[Candidate, ...]:
    best: dict[str, float] = {}
    for name, confidence in answers:
        label = None if name is None else find_label(name)
        if label is not None:
            best.setdefault(label, confidence)
    return tuple(Candidate(label, confidence) for label, confidence in best.items())


def _simplify(raw: bytes, name: str | None) -> str | None:
    """Return the encoding of the web instead of one of 2004, where it reads the same bytes."""
    plain = _PLAIN.get(name or "")
    return plain if plain is not None and is_readable(raw, plain) else name


def _find_eras(eras: Eras) -> EncodingEra:
    from chardet import EncodingEra  # noqa: PLC0415

    if eras == "all":
        return EncodingEra.ALL
    web = EncodingEra.MODERN_WEB | EncodingEra.LEGACY_ISO
    return web if eras == "web" else web | EncodingEra.LEGACY_REGIONAL | EncodingEra.LEGACY_MAC
