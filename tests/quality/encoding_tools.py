"""The plugin and the single tools beside it, each asked for the text of some bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from encoding_data import Case
from encoding_score import find_codec, is_right, read_labelled

from copydesk.api import Document, DocumentError, Item, Step
from copydesk_encoding import copydesk_steps

Judge = Callable[[Case], bool]
"""Says whether a tool reads the bytes of a case as they are meant."""


def make_step(name: str = "encoding.chardet", **options: Any) -> Step:
    """Return a step of the plugin, built as the chain builds it."""
    spec = next(spec for spec in copydesk_steps() if spec.name == name)
    step: Any = spec.build(spec.options(**options))
    return step  # type: ignore[no-any-return]


def judge_step(name: str = "encoding.chardet", **options: Any) -> Judge:
    """Return the judge of a step of the plugin."""
    step = make_step(name, **options)

    def judge(case: Case) -> bool:
        try:
            document = step.process(Document(Item("a"), raw=case.raw))
        except DocumentError:
            return case.label is None
        return isinstance(document, Document) and judge_document(document, case)

    return judge


def judge_document(document: Document, case: Case) -> bool:
    """Return whether a document that was decoded has the text of its case."""
    if case.label is None or document.text is None:
        return False
    if case.text is not None:
        return case.text == document.text
    # A last character that breaks off is one U+FFFD for us, nothing in the truth.
    right = read_labelled(case.raw, case.label)
    return document.text in right or document.text.rstrip("\ufffd") in right


def judge_tool(detect: Callable[[bytes], str | None]) -> Judge:
    """Return the judge of a function that names an encoding; for damaged text the name must do."""

    def judge(case: Case) -> bool:
        answer = detect(case.raw)
        if case.text is not None:
            return find_codec(answer) == find_codec(case.label)
        return is_right(case.raw, case.label, answer)

    return judge


def list_tools() -> dict[str, Judge]:
    """Return the single tools that are installed, by name."""
    tools: dict[str, Judge] = {}
    import chardet

    tools["chardet"] = judge_tool(lambda raw: chardet.detect(raw)["encoding"])
    import charset_normalizer

    tools["charset-normalizer"] = judge_tool(lambda raw: charset_normalizer.detect(raw)["encoding"])
    import cchardet

    tools["faust-cchardet"] = judge_tool(lambda raw: cchardet.detect(raw)["encoding"])
    return tools
