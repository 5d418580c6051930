"""Weighs which of its languages each piece of a mixed document is in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import log

from attrs import evolve

from copydesk_language.detector import Scores
from copydesk_language.path import Costs
from copydesk_language.piece import Piece
from copydesk_language.script import count_scripts, main_script, scripts_of
from copydesk_language.verdict import Judge

UNDETERMINED = "und"
NEW_LINE = 1.0
"""What it costs, in log-odds, to change the language between paragraphs."""
INSIDE = 2.5
"""What it costs to change it between two sentences of a paragraph."""
_NEVER = 1e6
_FLOOR = 1e-5  # probability that is never undercut: no sentence is that sure
_LETTER = 0.5  # cost of a letter of a script that the language is not written in
_NAME = 0.05  # the same, where the letters are names
_MARK = 0.1  # cost of calling a character of noise a language
_SIDE = 12  # letters that must stand on each side of a cut
SAVING = 1.2
"""What a cut inside a sentence must gain, in ELDC's similarity summed over words."""
_LONGEST = 600  # characters of a sentence that may begin with a headline
_WORD = re.compile(r"\S+")
_START = re.compile(r"[\"'“„«»(¿¡]*[^\W\d_a-zß-ÿ]")


class Mixture:
    """The languages of one document and what speaks for them."""

    def __init__(
        self,
        codes: Sequence[str],
        judge: Judge,
    ) -> None:
        self.codes = codes
        self.states = list(dict.fromkeys((*codes, UNDETERMINED)))
        self._judge = judge
        self._costs: dict[Piece, Costs] = {}

    def costs(self, piece: Piece, *, is_whole_line: bool) -> Costs:
        """Return what it costs to give a piece each language."""
        if piece not in self._costs:
            self._costs[piece] = self._weigh(piece, is_whole_line=is_whole_line)
        return self._costs[piece]

    def _weigh(self, piece: Piece, *, is_whole_line: bool) -> Costs:
        if not piece.script:
            mark = _NEVER if is_whole_line else _MARK * (piece.end - piece.start)
            return {code: 0.0 if code == UNDETERMINED else mark for code in self.states}
        fitting = [code for code in self.codes if piece.script in scripts_of(code)]
        misfit = (_NAME if piece.is_names else _LETTER) * piece.letters
        found = dict.fromkeys(self.states, misfit)
        if UNDETERMINED not in self.codes:
            found[UNDETERMINED] = _NEVER
        found.update(self._compare(piece, fitting))
        return found

    def _compare(self, piece: Piece, fitting: list[str]) -> Costs:
        if len(fitting) < 2:
            return dict.fromkeys(fitting, 0.0)
        odds = self._judge.compare(piece.text, fitting)
        return {code: -log(max(_FLOOR, odds.get(code, _FLOOR))) for code in fitting}

    def cut(self, text: str, piece: Piece) -> Iterator[Piece]:
        """Yield a piece, in two where a headline without a full stop ends and a sentence begins."""
        fitting = [code for code in self.codes if piece.script in scripts_of(code)]
        if len(fitting) < 2 or piece.letters < 3 * _SIDE or piece.end - piece.start > _LONGEST:
            yield piece
            return
        sentence = text[piece.start : piece.end]
        where = self._find_cut(sentence, fitting)
        for start, end in ((0, where), (where, len(sentence))):
            if start < end:
                yield _part(piece, sentence, start, end) if where else piece

    def _find_cut(self, sentence: str, fitting: list[str]) -> int:
        """Return the offset at which a second language begins; 0 if the sentence has only one.

        Each word is scored with its neighbours; the best language before a cut and the best one
        after it must beat the best language of the whole.
        """
        words = list(_WORD.finditer(sentence))
        sums: list[Scores] = [dict.fromkeys(fitting, 0.0)]
        for index in range(len(words)):
            near = words[max(0, index - 1) : index + 2]
            scores = self._judge.quick(sentence[near[0].start() : near[-1].end()])
            sums.append({code: sums[-1][code] + scores.get(code, 0.0) for code in fitting})
        best, where = max(sums[-1].values()) + SAVING, 0
        for index in range(2, len(words) - 1):
            start = words[index].start()
            if not _START.match(sentence, start) or not _SIDE <= start <= len(sentence) - _SIDE:
                continue
            rest = {code: sums[-1][code] - sums[index][code] for code in fitting}
            first, second = (max(side, key=side.__getitem__) for side in (sums[index], rest))
            value = sums[index][first] + rest[second]
            if first != second and value > best:
                best, where = value, start
        return where


def _part(piece: Piece, sentence: str, start: int, end: int) -> Piece:
    text = sentence[start:end].strip()
    return evolve(
        piece,
        start=piece.start + start,
        end=piece.start + end,
        is_line=piece.is_line and not start,
        text=text,
        script=main_script(count_scripts(text)),
        letters=sum(map(str.isalpha, text)),
    )
