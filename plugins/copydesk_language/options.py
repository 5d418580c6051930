"""What `language.identify` can be told."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from attrs import field, frozen
from attrs.validators import ge, le


@frozen
class Options:
    """What `language.identify` can be told."""

    backend: Literal["blend", "eldc", "cld2", "py3langid", "fasttext", "lingua"] = "blend"
    """Who decides. `blend` weighs ELDC, CLD2 and py3langid and is the most accurate; its
    confidence is calibrated. `eldc` is the fastest (60 languages), `cld2` knows 160, `py3langid`
    140 at a third of the speed of the blend. `fasttext` needs `fasttext-predict` and a `model`;
    `lingua` needs `lingua-language-detector`, is slow and takes a gigabyte."""
    model: Path | None = None
    """fastText model for the backend `fasttext`, such as `lid.176.ftz`."""
    languages: tuple[str, ...] = ()
    """BCP 47 codes of the only languages there can be; empty: all. Short texts gain most."""
    prior: dict[str, float] = field(factory=dict)
    """How many times likelier than others a language is in this source, by its code."""
    least_confidence: float = field(default=0.0, validator=[ge(0.0), le(1.0)])
    """Confidence, 0 to 1, below which the answer is `und`."""
    least_share: float = field(default=0.05, validator=[ge(0.0), le(1.0)])
    """Part of the document, 0 to 1, that a language must hold to be named, unless it is a sure
    quotation of 150 letters; what is less is taken for a mistake about a short sentence."""
    sample_characters: int = field(default=1000, validator=ge(100))
    """Characters to weigh for each language there seems to be. More than 1,000 costs time and
    gains nothing; fewer than 300 loses close languages."""
