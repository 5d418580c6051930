"""Finds the languages of a document: of each stretch, and the one that holds most of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from copydesk.api import Candidate, Document, Language, LanguageSpan
from copydesk_language.blend import UNDETERMINED, Ranking
from copydesk_language.mixed import INSIDE, NEW_LINE, Mixture
from copydesk_language.options import Options
from copydesk_language.path import choose
from copydesk_language.piece import Piece, divide, sentences
from copydesk_language.script import languages_of, name_script
from copydesk_language.verdict import Judge

_NUMBERS = re.compile(r"[\W\d_]*")
_COARSE = 250  # characters of a line to look at together at first
_CLEAR = 0.6  # similarity from which pieces that a detector calls the same belong together
_SHORT = 20  # letters; a shorter sentence may be a name and brings no language of its own
_QUOTATION = 150  # letters
_CERTAIN = 0.98  # confidence that a quotation of less than `least_share` must have

_Label = tuple[str, str]
"""Script of a piece, and the language that the fast detector sees in it or an empty string."""


@frozen
class _Found:
    """A language of the document."""

    letters: int
    confidence: float
    ranking: Ranking


class Identify:
    """The step `language.identify`."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._judge = Judge(options)

    def process(self, document: Document) -> Document:
        """Return the document with `language` and `languages`."""
        text = document.text or ""
        pieces = divide(text, _COARSE)
        groups = self._group(pieces)
        if not self._is_plain(text, groups):
            pieces = divide(text)
            groups = self._group(pieces)
        found = self._find(groups)
        spans = tuple(self._label(text, pieces, found))
        return evolve(document, language=_dominant(text, spans, found), languages=spans)

    def _is_plain(self, text: str, groups: Collection[_Label]) -> bool:
        """Tell whether every sentence is in one language, as in most documents."""
        if len(groups) > 1:
            return False
        for script, seen in groups:
            for sentence in sentences(text):
                if script != "Latn" and sentence.isascii() and not _NUMBERS.fullmatch(sentence):
                    return False
                if seen and next(iter(self._judge.quick(sentence)), seen) != seen:
                    return False
        return True

    def _group(self, pieces: Sequence[Piece]) -> dict[_Label, list[Piece]]:
        """Return the pieces that the fast detector calls alike under what it calls them."""
        groups: dict[_Label, list[Piece]] = {}
        for piece in pieces:
            if piece.script and not piece.is_names:
                groups.setdefault((piece.script, self._glance(piece)), []).append(piece)
        return groups

    def _find(self, groups: Mapping[_Label, Sequence[Piece]]) -> dict[str, _Found]:
        """Return the languages that hold enough of the document, the largest first."""
        sizes = {label: sum(piece.letters for piece in group) for label, group in groups.items()}
        total = sum(sizes.values())
        found: dict[str, _Found] = {}
        for label in sorted(sizes, key=lambda label: -sizes[label]):
            size = sizes[label]
            longest = max(piece.letters for piece in groups[label])
            least = min(self._options.least_share * total, _QUOTATION)
            if found and (size < least or longest < _SHORT):
                continue
            ranking = self._judge.judge(self._sample(groups[label]), label[0])
            _add(found, ranking, size)
        enough = {code: one for code, one in found.items() if self._is_enough(one, total)}
        return enough or dict(list(found.items())[:1])

    def _is_enough(self, found: _Found, total: int) -> bool:
        certain = found.letters >= _QUOTATION and found.confidence >= _CERTAIN
        return certain or found.letters >= self._options.least_share * total

    def _glance(self, piece: Piece) -> str:
        """Return what the fast detector sees; nothing where the script says as much."""
        script = piece.script or ""
        if script == "Hani" or len(languages_of(script)) == 1:
            return ""
        scores = self._judge.quick(piece.text)
        best = next(iter(scores), "")
        return best if best and scores[best] >= _CLEAR else ""

    def _sample(self, pieces: Sequence[Piece]) -> str:
        wanted = self._options.sample_characters
        kept: list[str] = []
        for piece in pieces:
            kept.append(piece.text[:wanted])
            wanted -= len(piece.text)
            if wanted <= 0:
                break
        return " ".join(kept)

    def _label(
        self, text: str, pieces: Sequence[Piece], found: Mapping[str, _Found]
    ) -> Iterator[LanguageSpan]:
        """Yield spans that cover the text."""
        mixture = Mixture(list(found), self._judge)
        codes = _choose(mixture, pieces)
        if len(found) > 1:
            pieces = list(_cut(mixture, text, pieces, codes))
            codes = _choose(mixture, pieces)
        start = 0
        for index, (piece, code) in enumerate(zip(pieces, codes, strict=True)):
            if index + 1 == len(codes) or codes[index + 1] != code:
                confidence = found[code].confidence if code in found else 1.0
                yield LanguageSpan(start, piece.end, code, round(confidence, 4))
                start = piece.end


def _choose(mixture: Mixture, pieces: Sequence[Piece]) -> list[str]:
    ends = [*(piece.is_line for piece in pieces[1:]), True]
    costs = [
        mixture.costs(piece, is_whole_line=piece.is_line and is_end)
        for piece, is_end in zip(pieces, ends, strict=False)
    ]
    return choose(costs, [NEW_LINE if piece.is_line else INSIDE for piece in pieces])


def _cut(
    mixture: Mixture, text: str, pieces: Sequence[Piece], codes: Sequence[str]
) -> Iterator[Piece]:
    """Yield the pieces; those at a change of language may hold the end of a headline."""
    for index, piece in enumerate(pieces):
        if len(set(codes[max(0, index - 1) : index + 2])) > 1:
            yield from mixture.cut(text, piece)
        else:
            yield piece


def _add(found: dict[str, _Found], ranking: Ranking, letters: int) -> None:
    """Note that pieces with so many letters have this ranking."""
    code, confidence = ranking[0]
    before = found.get(code)
    if before is None:
        found[code] = _Found(letters, confidence, ranking)
        return
    total = before.letters + letters
    mean = (before.letters * before.confidence + letters * confidence) / total
    found[code] = evolve(before, letters=total, confidence=mean)


def _dominant(text: str, spans: Sequence[LanguageSpan], found: Mapping[str, _Found]) -> Language:
    """Return the language that holds most of the text; `und` only if there is no other."""
    shares: Counter[str] = Counter()
    for span in spans:
        shares[span.code] += span.end - span.start
    named = [code for code in shares if code != UNDETERMINED]
    if not named:
        confidence = found[UNDETERMINED].confidence if UNDETERMINED in found else 1.0
        return Language(UNDETERMINED, confidence=round(confidence, 4))
    code = max(named, key=shares.__getitem__)
    mine = [span for span in spans if span.code == code]
    sample = "".join(text[span.start : min(span.end, span.start + 300)] for span in mine[:3])
    others = tuple(
        Candidate(name, round(share, 4))
        for name, share in found[code].ranking[1:4]
        if share > 0.001
    )
    confidence = round(found[code].confidence, 4)
    return Language(code, name_script(code, sample), confidence, others)
