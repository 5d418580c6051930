"""Writes an explanation for a terminal, or for a file that takes no colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from copydesk.document import Candidate, Encoding, Entity, Language, LanguageSpan
from copydesk.expectations.operators import show
from copydesk.explanation.account import Answer, Explanation, Mention, StepAccount
from copydesk.explanation.piece import Piece
from copydesk.explanation.redline import Redline
from copydesk.printing.terminal import Paint

_MOST = 40  # rows of a kind; --json and --html tell more
_OUTCOMES = {"done": "green", "skipped": "yellow", "failed": "red"}
_CHANGES = {"removed": "red struck", "added": "green"}
_ENDS = {"done": "bold green", "dropped": "bold yellow", "quarantined": "bold red"}


@frozen
class Screen:
    """Writes explanations in lines."""

    paint: Paint

    def write(self, explanation: Explanation) -> Iterator[str]:
        """Yield the lines: the document, each step, the end."""
        paint = self.paint
        yield paint("bold", paint.clean(explanation.key))
        about = f"{explanation.media_type}, {explanation.size:,} bytes, {explanation.chain}"
        yield f"  {paint.clean(about)}"
        for number, step in enumerate(explanation.steps, 1):
            yield ""
            yield from self._step(number, step)
        yield ""
        yield from self._end(explanation)

    def _step(self, number: int, step: StepAccount) -> Iterator[str]:
        trace, paint = step.trace, self.paint
        outcome = "dropped" if step.dropped is not None else trace.outcome
        yield (
            f"{number} {paint('bold', trace.label)}  {trace.use} {trace.version} from "
            f"{trace.plugin}  {paint(_OUTCOMES.get(outcome, 'yellow'), outcome)}  "
            f"{trace.seconds * 1000:.1f} ms"
        )
        lines = [line for part in self._parts(step) for line in part]
        yield from lines or [self._line("", paint("faint", "nothing changed"))]

    def _parts(self, step: StepAccount) -> Iterator[Iterable[str]]:
        if step.condition:
            yield self._condition(step.condition)
        if step.dropped is not None:
            yield [self._line("dropped", self.paint.clean(step.dropped))]
        if step.trace.note:
            name, style = ("error", "red") if step.trace.outcome == "failed" else ("note", "yellow")
            yield [self._line(name, self.paint(style, self.paint.clean(step.trace.note)))]
        if step.error:
            yield (f"    {line}" for line in self.paint.clean(step.error).splitlines())
        if step.encoding:
            yield self._encoding(step.encoding)
        if step.text:
            yield self._text(step.text)
        if step.language:
            yield self._language(step.language)
        if step.languages:
            yield [self._line("languages", _spans(step.languages))]
        for change in step.other:
            values = f"{show(change.before)} -> {show(change.after)}"
            yield [self._line(change.field, values if change.before else show(change.after))]
        yield self._entities(step.found, step.lost)

    def _line(self, name: str, words: str) -> str:
        return f"    {self.paint('cyan', f'{name:<11}')} {words}" if name else f"    {words}"

    def _condition(self, answer: Answer) -> Iterator[str]:
        words = {True: "is true", False: "is false", None: "has no answer"}[answer.is_true]
        yield self._line("when", f"{self.paint.clean(answer.expression)}  {words}")
        for name, value in answer.variables.items():
            yield self._line("", self.paint("faint", f"            {name} is {show(value)}"))

    def _encoding(self, encoding: Encoding) -> Iterator[str]:
        replaced = f", {encoding.replaced} sequences replaced" if encoding.replaced else ""
        words = f"{encoding.name} by {encoding.method}, confidence {encoding.confidence:.4g}"
        yield self._line("encoding", words + replaced)
        yield from self._candidates(encoding.candidates)

    def _language(self, language: Language) -> Iterator[str]:
        script = f" in {language.script}" if language.script else ""
        words = f"{language.code}{script}, confidence {language.confidence:.4g}"
        yield self._line("language", words)
        yield from self._candidates(language.candidates)

    def _candidates(self, candidates: Sequence[Candidate]) -> Iterator[str]:
        if candidates:
            words = ", ".join(f"{each.name} {each.confidence:.4g}" for each in candidates[:_MOST])
            yield self._line("candidates", words)

    def _text(self, text: Redline) -> Iterator[str]:
        if not text.before:
            yield self._line("text", f"{text.after:,} characters")
        else:
            yield self._line("text", f"{text.before:,} -> {text.after:,} characters")
        # what is left out of a piece that stayed ends a line, as in other diffs
        written = "".join(self._piece(piece, is_new=not text.before) for piece in text.pieces)
        yield from (f"      {line}" for line in written.split("\n") if line)
        if text.omitted:
            yield f"      and {text.omitted} more pieces"

    def _piece(self, piece: Piece, *, is_new: bool) -> str:
        paint = self.paint
        words, tail = (paint.clean(part).replace("\n", "⏎") for part in (piece.text, piece.tail))
        if piece.kind == "kept":
            return f"{words and f'{words}…'}\n{tail and f'…{tail}'}" if piece.omitted else words
        if piece.omitted:
            words = f"{words} …{piece.omitted:,} characters… {tail}"
        if is_new:
            return words
        if not paint.is_coloured:
            words = f"[-{words}-]" if piece.kind == "removed" else f"{{+{words}+}}"
        reason = paint("faint", f" ({paint.clean(piece.reason)}) ") if piece.reason else ""
        return paint(_CHANGES[piece.kind], words) + reason

    def _entities(self, found: Sequence[Mention], lost: Sequence[Entity]) -> Iterator[str]:
        if found:
            yield self._line("entities", f"{len(found)} new")
        for mention in found[:_MOST]:
            yield self._mention(mention)
        if len(found) > _MOST:
            yield f"      and {len(found) - _MOST} more"
        if lost:
            names = ", ".join(show(entity.text) for entity in lost[:_MOST])
            yield self._line("entities", f"{len(lost)} gone: {names}")

    def _mention(self, mention: Mention) -> str:
        entity, paint = mention.entity, self.paint
        before, text, after = (
            paint.clean(words).replace("\n", "⏎")
            for words in (mention.before, entity.text, mention.after)
        )
        meaning = [entity.link] if entity.link else []
        if entity.value is not None:
            value = entity.value
            known = (value.number, value.currency, value.unit, value.date)
            meaning += [str(part) for part in known if part is not None]
        means = f" = {' '.join(meaning)}" if meaning else ""
        label = paint("yellow", f"{entity.label:<8}")
        return f"      {label} {before}{paint('bold', f'[{text}]')}{after}{paint('faint', means)}"

    def _end(self, explanation: Explanation) -> Iterator[str]:
        word = self.paint(_ENDS[explanation.outcome], explanation.outcome)
        if explanation.outcome == "done":
            record = explanation.record
            about = f"a record with {len(record['text']):,} characters of text, "
            about += f"{_count(len(record['removed']), 'removed piece', 'removed pieces')}, "
            about += _count(len(record["entities"]), "entity", "entities")
        else:
            about = f"by {explanation.step or 'the source'}: {explanation.reason}"
        yield f"{word}: {self.paint.clean(about)}, {explanation.seconds * 1000:.1f} ms in steps"
        if explanation.left_out:
            yield f"steps after that were left out: {', '.join(explanation.left_out)}"
        if explanation.traceback and not any(step.error for step in explanation.steps):
            yield self.paint.clean(explanation.traceback.rstrip())


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _spans(spans: Sequence[LanguageSpan]) -> str:
    words = [f"{span.code} {span.start}-{span.end}" for span in spans[:_MOST]]
    return ", ".join(words) + (f", and {len(spans) - _MOST} more" if len(spans) > _MOST else "")
