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
    140 at a fifth of the speed of the blend. `fasttext` needs `fasttext-predict` and a `model`, and
    has half its speed; `lingua` (75 languages) needs `lingua-language-detector`, has a
    twenty-fifth of it and takes 1.2 GB."""
    model: Path | None = None
    """fastText model for the backend `fasttext`, such as `lid.176.ftz`: one whose labels are codes
    of languages (`de`, `deu` or `deu_Latn`)."""
    languages: tuple[str, ...] = ()
    """BCP 47 codes of the only languages there can be; empty: all. Titles
    in 25 languages gain 0.4 points; a stretch in a language that is not listed gets one that is."""
    prior: dict[str, float] = field(factory=dict)
    """How many times likelier than others a language is in this source, by its code."""
    least_confidence: float = field(default=0.0, validator=[ge(0.0), le(1.0)])
    """Confidence, 0 to 1, below which the answer is `und`. 0.9 loses 2 titles in 100."""
    least_share: float = field(default=0.05, validator=[ge(0.0), le(1.0)])
    """Part of the document, 0 to 1, that a language must hold to be named, unless it is a sure
    quotation of 150 letters; what is less is taken for a mistake about a short sentence."""
    sample_characters: int = field(default=1000, validator=ge(100))
    """Characters to weigh for each language there seems to be. 300 are as good for most news and a
    tenth faster; 100 lose one document in a hundred; more than 1,000 gain nothing."""
