"""What the steps of this package can be told."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen
from attrs.validators import and_, ge, le

Eras = Literal["news", "web", "all"]
Form = Literal["none", "NFC", "NFKC"]


@frozen
class Options:
    """How to decode."""

    trust_declared: bool = True
    """Believe a charset that the transport or the page declares, if it decodes without a fault and
    the text looks written. Spares the statistics; without it the bytes alone decide."""
    max_replaced_share: float = field(default=0.05, validator=and_(ge(0.0), le(1.0)))
    """Share of the characters, 0 to 1, that may be unreadable before the document is refused as no
    text. One in twenty is about one in every other line: beyond that nobody can use it."""


@frozen
class ChardetOptions(Options):
    """How to decode with chardet."""

    eras: Eras = "all"
    """Encodings that chardet may answer: `web` (WHATWG and ISO 8859), `news` (also those of the Mac
    and of single countries) or `all` (also DOS and mainframes). With `web`, 100 % of 20 characters
    of news are read rightly instead of 99.4, in two thirds of the time; files in the others are
    then read wrongly or refused."""


@frozen
class RepairOptions:
    """What to mend."""

    mojibake: bool = True
    """Mend runs such as `schÃ¶n` with ftfy, line by line. Quotation marks, ligatures, full-width
    characters and entities stay as they are, and so does text that is not damaged."""
    newlines: bool = False
    """Write every line end as one line feed."""
    normalization: Form = "none"
    """Unicode form to bring the text into: `NFC` composes accents; `NFKC` also replaces ligatures,
    full-width and other compatibility characters, which changes what an article says it quotes."""
